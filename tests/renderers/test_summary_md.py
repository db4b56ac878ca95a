"""The Markdown note: verdict, counts, failures with their places, editions side by side; names do nothing in it."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt

from kientruc.renderers import summary_md
from kientruc.views.outcomes import Results
from tests.renderers.conftest import NAMES, SMALL, of

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True}).enable("table")


def tables(results: Results) -> list[list[list[str]]]:
    """Give the cells of each table as text."""
    page = READER.render(summary_md.render(results))
    return [
        [
            [html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table>(.*?)</table>", page, re.DOTALL)
    ]


def test_it_begins_with_its_mark_and_says_the_verdict(small: Results) -> None:
    page = summary_md.render(small)
    assert page.startswith(f"{summary_md.MARK}\n## Báo cáo kiểm tra kiến trúc: ")
    verdict = tables(small)[0]
    assert verdict[1] == ["Kết luận", "Chưa đáp ứng"]
    assert verdict[2] == ["Xét luật vào ngày", "13/9/2018"]
    assert verdict[3][1].startswith("Đáp ứng ")


def test_a_failure_has_place_basis_and_remedy(small: Results) -> None:
    row = tables(small)[1][1]
    assert row[0].split() == ["C10-AT-01", "phải,", "dùng", "để", "kết", "luận"]
    assert row[1].startswith("Hệ thống “Một cửa”")
    assert row[2] == "architecture.yaml:9:3"
    assert row[3].startswith("85/2016/NĐ-CP, Điều 5")
    assert row[4].startswith("Ghi  owner:  là mã cơ quan")


def test_editions_stand_side_by_side(two: Results) -> None:
    verdict, failures = tables(two)
    assert [len(row) for row in verdict] == [3] * len(verdict)
    assert verdict[1] == ["Kết luận", "Chưa đáp ứng", "Chưa đáp ứng"]
    assert {row[0] for row in failures[1:]} == {"cpdt-1.0", "khac-2.0"}


def test_a_flood_is_cut_at_fifty_and_counted_exactly(flood: Results) -> None:
    count = sum(number for status, number in flood.editions[0].counts.items() if status.value in ("fail", "error"))
    page = summary_md.render(flood)
    assert len(tables(flood)[1]) == 1 + 50
    assert f"### Chưa đáp ứng: {count}\n" in page
    assert f"… và {count - 50} mục nữa." in page


def test_names_make_no_markup_no_row_and_no_link(hostile: Results) -> None:
    page = summary_md.render(hostile)
    rendered = READER.render(page)
    assert set(re.findall(r"<(\w+)", rendered)) <= {
        *("h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "ul", "li", "sub")
    }
    found = [row for row in tables(hostile)[1][1:] if row[0].startswith("C10-AT-01")]
    assert len(found) == len(NAMES)
    assert {len(row) for row in found} == {5}
    assert re.search(r"@\w", page) is None


def test_what_was_not_evaluated_says_so_and_lists_what_was_found_while_reading() -> None:
    results = of("format: kientruc/1\na: 1\na: 2\n", lang="en")
    page = summary_md.render(results)
    assert "Conformance was not evaluated" in page
    (loading,) = tables(results)
    assert {row[0] for row in loading[1:]} >= {"Y-DUP"}


def test_the_same_results_give_the_same_bytes(small: Results) -> None:
    assert summary_md.render(small) == summary_md.render(of(SMALL))


def test_sample_data_say_so() -> None:
    sample = of(SMALL.replace("elements:", "sources: {m: {kind: sample, title: Mẫu}}\nelements:"))
    assert "**DỮ LIỆU MẪU – không phải của một tỉnh có thật.**" in summary_md.render(sample)
