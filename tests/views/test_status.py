"""The status in words, as text, Markdown and JSON, and as the command prints it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import html5lib
import pytest
from markdown_it import MarkdownIt

from kientruc import api
from kientruc.cli import run
from kientruc.loading import load_text
from kientruc.messages import LANGUAGES
from kientruc.renderers import html_report
from kientruc.views.report import Provenance
from kientruc.views.report import report as report_view
from kientruc.views.status import StatusView
from tests.progress.conftest import PATH


def view(text: str = PATH, lang: str = "vi", on: date | None = None) -> StatusView:
    loaded = load_text(text)
    assert loaded.architecture is not None, loaded.findings
    return api.status(loaded, on, lang=lang)


def test_the_text_says_where_it_stands_what_blocks_and_who_owes_it_by_when() -> None:
    lines = api.spell_status(view(), "text", "vi").splitlines()
    assert lines[:4] == [
        "Khung mẫu: đường phê duyệt tính đến ngày 30/9/2026",
        "  Đang ở bước “Lấy ý kiến” (đang thực hiện).",
        "  Bước tiếp theo là “Ký”.",
        "  Còn 3 việc phải xong trước khi sang bước tiếp theo.",
    ]
    at = lines.index("  - Ý kiến y1 của Sở Y tế (Đợt một) chưa có kết quả xử lý: “Thêm kho dữ liệu”")
    assert lines[at + 1 : at + 3] == [
        "      Người thực hiện: Sở; hạn 1/9/2026, đã quá hạn",
        "      architecture.yaml:17:3",
    ]


def test_the_day_decides_what_is_overdue() -> None:
    early, late = view(on=date(2026, 8, 20)), view(on=date(2026, 9, 16))
    assert [sum(row.late for row in one.standing.blockers) for one in (early, late)] == [1, 2]
    assert [[step.late for step in one.steps] for one in (early, late)] == [[False] * 3, [False, True, False]]


def test_lacking_steps_that_only_the_draft_tells_are_perhaps_lacking() -> None:
    lines = api.spell_status(view(lang="en"), "text", "en").splitlines()
    lacking = [line for line in lines if "lacking" in line]
    assert len(lacking) == 4
    assert lacking[1] == (
        "  - Step “Consultation and handling of comments” [lay-y-kien] is perhaps lacking;"
        " by: The drafting unit (assumed, not confirmed)"
    )


def test_contradictions_are_told_with_both_places() -> None:
    odd = PATH.replace("from: y-te, date: 2026-08-10", "from: y-te, date: 2026-08-02")
    found = view(odd).contradictions
    assert [(one.code, one.place and one.place.line, [place.line for place in one.also]) for one in found] == [
        ("M-BEFORE", 17, [15])
    ]
    assert "M-BEFORE" in api.spell_status(view(odd), "text", "vi")


def test_a_round_that_cannot_be_counted_is_a_note_that_names_the_years() -> None:
    text = PATH.replace("working_days: 10", "working_days: 150")
    assert any("2027" in note and "2017, 2018, 2025, 2026" in note for note in view(text).notes)


def test_an_end_that_cannot_be_compared_with_its_working_days_is_a_note() -> None:
    text = PATH.replace("working_days: 10", "working_days: 150, until: 2027-03-01")
    (note,) = (note for note in view(text).notes if "2027-03-01" in note)
    assert "không đối chiếu được" in note and "2027 (có: 2017, 2018, 2025, 2026)" in note
    assert not [note for note in view(text).notes if "Không tính được hạn" in note]


def test_the_json_holds_everything_with_plain_days_and_ids() -> None:
    data = json.loads(api.spell_status(view(), "json", "vi"))
    assert (data["format"], data["on"], data["blocked"], data["late"]) == ("kientruc-status/1", "2026-09-30", True, 3)
    assert [(row["why"], row["id"], row["by"], row["late"]) for row in data["standing"]["blockers"]] == [
        ("not-answered", "k1", "2026-08-01", True),
        ("no-verdict", "y1", "2026-09-01", True),
        ("not-met", "d1", "2026-10-10", False),
    ]
    assert {owner["id"]: len(owner["rows"]) for owner in data["owed"]} == {"so": 3, "": 1}
    assert [(stage["id"], stage["certain"]) for stage in data["stages"] if not stage["steps"]] == [
        ("chuan-bi", False),
        ("lay-y-kien", False),
        ("tu-kiem-tra", False),
        ("ban-giao", False),
    ]


HOSTILE = "<b>*x*</b> [a](b) `c` | # @d ::error::"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hostile_name_stays_text_in_markdown_and_in_a_log(lang: str) -> None:
    text = PATH.replace("text: Thêm kho dữ liệu", f"text: '{HOSTILE}'").replace(
        "name: Lấy ý kiến", f"name: '{HOSTILE}'"
    )
    note = api.spell_status(view(text, lang), "md", lang)
    tokens = MarkdownIt("commonmark", {"html": True}).parse(note)
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "code_inline", "softbreak", "text_special"}
    assert HOSTILE[:10] in "".join(child.content for child in inner)
    assert not any(
        line.lstrip().startswith("::") for line in api.spell_status(view(text, lang), "text", lang).splitlines()
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    for format in api.STATUS_FORMATS:
        assert api.spell_status(view(), format, "vi") == api.spell_status(view(), format, "vi")


def test_failing_requirements_block_only_where_an_edition_is_named() -> None:
    loaded = load_text(PATH + "elements: {a: {kind: application, name: Hệ thống, owner: so}}\n")  # no security level
    unchecked, checked = (api.status(loaded, date(2017, 9, 13), editions=ids) for ids in ((), ("cpdt-1.0",)))
    rows = [[row.id for row in one.standing.blockers if row.kind == "requirement"] for one in (unchecked, checked)]
    assert rows[0] == []
    assert "C10-AT-01" in rows[1]
    assert (unchecked.checked, checked.checked) == ((), ("cpdt-1.0",))


def test_the_command_exits_with_1_only_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "architecture.yaml"
    root.write_text(PATH, encoding="utf-8")
    assert run(["status", str(root), "--lang", "en"]) == 0
    assert "The current step is “Lấy ý kiến” (under way)." in capsys.readouterr().out
    assert run(["status", str(root), "--fail-on-blocked"]) == 1
    assert run(["status", str(root), "--fail-on-blocked", "--on", "2026-06-30"]) == 0
    assert run(["status", str(root), "--on", "30/9/2026"]) == 2
    assert run(["status", str(root), "--format", "xml"]) == 2
    assert run(["status", str(root), "--to", str(tmp_path / "s.json")]) == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["blocked"] is True
    root.write_text(PATH.replace("order: 1, actor: so", "order: một, actor: so"), encoding="utf-8")
    assert run(["status", str(root)]) == 1


def test_the_command_refuses_waivers_that_are_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, waivers = tmp_path / "architecture.yaml", tmp_path / "w.yaml"
    root.write_text(PATH, encoding="utf-8")
    waivers.write_text("format: kientruc-waivers/1\nwaiver: {}\n", encoding="utf-8")
    assert run(["status", str(root), "--waivers", str(waivers)]) == 2
    assert "M-SECTION" in capsys.readouterr().err


def test_the_report_says_beside_the_steps_what_blocks() -> None:
    loaded = load_text(PATH.replace("text: Thêm kho dữ liệu", "text: <script>"))
    report = api.check(loaded)
    assert report.architecture is not None and report.edition is not None
    view = report_view(report.architecture, [(report.edition, report.result)], Provenance((), ()), "vi")
    page = html_report.render(view, tuple("" for _ in view.pictures))
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    words = " ".join("".join(tree.itertext()).split())
    assert "(đang thực hiện). Bước tiếp theo là “Ký”. Còn 3 việc phải xong trước khi sang bước tiếp theo." in words
    assert "chưa có kết quả xử lý: “<script>” (Sở; hạn 1/9/2026, đã quá hạn)" in words
    assert list(tree.iter("script")) == []
