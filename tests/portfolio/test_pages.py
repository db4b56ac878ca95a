"""What the pages tell: words in every cell, evidence by file and line, sums without what nobody knows."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import html5lib
import openpyxl
import pytest
import rfc8785

from kientruc import api, portfolio
from kientruc.portfolio import Portfolio, Settings
from kientruc.portfolio.holdings import key
from kientruc.portfolio.pages import pages
from kientruc.portfolio.told import NotTold, Told, parse
from kientruc.views.grid import Grid
from tests.portfolio.made import submissions, write


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    folder = tmp_path_factory.mktemp("portfolio")
    (folder / "out").mkdir()
    return portfolio.gathered(write(folder / "in", submissions()), folder / "out", Settings(("cpdt-1.0", "qgs-1425")))


def grid(found: Portfolio, name: str, lang: str = "vi") -> Grid:
    return next(one for one in pages(found, lang).grids if one.name == name)


def rows(found: Portfolio, name: str, lang: str = "vi") -> dict[str, list[str]]:
    """Give the words of each row behind its id, or behind its first cell."""
    there = grid(found, name, lang)
    return {row[there.heads - 1].words: [entry.words for entry in row[there.heads :]] for row in there.rows}


def test_requirement_by_province_has_a_word_in_every_cell(found: Portfolio) -> None:
    there = grid(found, "Yêu cầu cpdt-1.0")
    assert [column.words for column in there.columns[2:]] == [
        f"tinh-{id} · Ủy ban nhân dân tỉnh {name}" for id, name in (("an", "An"), ("binh", "Bình"), ("cat", "Cát"))
    ]
    assert rows(found, "Yêu cầu cpdt-1.0")["C10-AT-03"] == ["đạt", "–", "–"]
    assert all(entry.words for row in there.rows for entry in row)


def test_who_has_which_role_and_link_in_which_state(found: Portfolio) -> None:
    roles, links = rows(found, "Thành phần theo vai trò"), rows(found, "Kết nối quốc gia")
    assert (roles["lgsp"], roles["ldop"], roles["portal"]) == (["HT+MT", "–", "–"], ["–"] * 3, ["–", "HT", "–"])
    assert (links["ngsp"], links["vneid"], links["nas"]) == (
        ["có", "thiếu", "thiếu"],
        ["thiếu", "có", "thiếu"],
        ["thiếu"] * 3,
    )


def test_the_trend_names_what_was_mended_and_what_broke(found: Portfolio) -> None:
    steps = [
        [entry.words for entry in row]
        for row in grid(found, "Theo vòng").rows
        if row[1].words == "tinh-an" and row[5].words == "cpdt-1.0"
    ]
    assert [(step[2], step[3]) for step in steps] == [("an-1.yaml", "1"), ("an-2.yaml", "10")]
    assert steps[1][10:] == ["C10-AT-03", "C10-AT-04"]


def test_a_duplicate_of_a_shared_platform_says_where_and_why(found: Portfolio) -> None:
    (row,) = grid(found, "Duplicates of shared platforms", "en").rows
    assert [entry.words for entry in row][1:] == [
        *("Thư điện tử của tỉnh", "thu", "binh: phan/a.yaml:3", "there", "there", "", "A"),
        *("the submission says so", "no reason given", ""),
    ]


def test_what_is_paid_for_twice_has_its_evidence_and_no_guess_of_money(found: Portfolio) -> None:
    there = grid(found, "Investments alike, reuse", "en")
    told = [tuple(row[at].words for at in (1, 4, 5, 6)) for row in there.rows]
    assert there.rows[0][0].words == "application: hệ thống cảnh báo lũ"
    assert told[:2] == [
        ("invested twice", "an-2.yaml: an-2.yaml:23", "new", "3,000,000,000"),
        ("invested twice", "binh: phan/a.yaml:2", "new", "Not known yet"),
    ]
    assert told[2][2:] == ("–", "")


def test_sums_leave_out_what_is_unknown_and_count_it(found: Portfolio) -> None:
    told = [[entry.words for entry in row] for row in grid(found, "Sums", "en").rows]
    assert [row[2:] for row in told if row[:2] == ["Phase", "Giai đoạn 1"]] == [
        ["All", "3,000,000,000", "1", "1"],
        ["Kiến trúc tỉnh An", "3,000,000,000", "1", "0"],
        ["Kiến trúc tỉnh Bình", "Not known yet", "0", "1"],
    ]
    assert [row[3:] for row in told if row[0] == "Form" and row[2] == "All"] == [["2,000,000,000", "1", "1"]]


def test_the_page_is_strict_escapes_what_it_shows_and_can_be_reached_by_keyboard(found: Portfolio) -> None:
    html = api.spell_tables(pages(found, "vi"), "html").decode()
    page = html5lib.parse(html, namespaceHTMLElements=False)
    policy = next(one for one in page.iter("meta") if one.get("http-equiv") == "Content-Security-Policy").get("content")
    assert policy is not None and re.match(r"default-src 'none'; style-src 'sha256-[^']+'; font-src data:;", policy)
    assert not list(page.iter("script")) and "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)", "", html)
    scrolls = [one for one in page.iter("div") if "scroll" in (one.get("class") or "").split()]
    assert scrolls and all(one.get("tabindex") == "0" for one in scrolls)


def test_the_workbook_holds_every_table_and_numbers_as_numbers(found: Portfolio) -> None:
    book = openpyxl.load_workbook(io.BytesIO(api.spell_tables(pages(found, "en"), "xlsx")))
    assert {"Submissions", "Requirements cpdt-1.0", "Things by role", "By round", "Sums"} <= set(book.sheetnames)
    sums = [cell.value for cell in book["Sums"]["D"]]
    assert 3_000_000_000 in sums and "Not known yet" in sums


def test_a_result_is_read_back_and_any_other_spelling_is_none(found: Portfolio) -> None:
    for line in found.lines:
        data = line.told.spelt()
        assert parse(data) == line.told
        for other in (b" " + data, data.replace(b'"kind":', b'"kind": '), data[:-1] + b',"x":1}', b"{}", b"[" * 9_000):
            with pytest.raises(NotTold):
                parse(other)
    with pytest.raises(NotTold):
        parse(Told(kind="file").spelt())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hệ thống cảnh báo lũ của tỉnh An", "hệ thống  cảnh báo LŨ"),
        ("Cổng dữ liệu (tỉnh Lào Cai)", "Cổng dữ liệu"),
        ("Hoà giải", "Hòa giải"),
    ],
)
def test_names_are_compared_without_whose_they_are(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


def test_names_of_different_things_stay_apart() -> None:
    names = ("Cơ sở dữ liệu đất đai", "Cơ sở dữ liệu dân cư", "Nền tảng thành phố thông minh", "Nền tảng", "Tỉnh")
    assert len({key(name) for name in names}) == len(names) and all(map(key, names))


def test_the_json_is_canonical_and_leads_to_the_evidence(found: Portfolio) -> None:
    data = portfolio.spell_json(found)
    told = json.loads(data)
    assert rfc8785.dumps(told) + b"\n" == data
    assert [one["result"].get("refusal", {}).get("at") for one in told["submissions"]] == [*[None] * 5, "xau.yaml:2:15"]
    assert [(one["submission"], one["at"], one["new"]) for one in told["alike"][0]["members"]] == [
        ("an-2.yaml", "an-2.yaml:23", True),
        ("binh", "phan/a.yaml:2", True),
        ("dung.xlsx", "DM_DOITUONG!A3", False),
    ]


def test_a_store_alone_gives_the_same_pages(found: Portfolio, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", submissions())
    (tmp_path / "out").mkdir()
    first = portfolio.gathered(folder, tmp_path / "out", Settings(("cpdt-1.0", "qgs-1425")))
    assert portfolio.read(tmp_path / "out/portfolio.sqlite").lines == first.lines == found.lines
