"""Surveys that come back: what was filled in is a patch with its source, and nothing else moves."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from kientruc.cli import run
from kientruc.messages import text
from kientruc.model.record import Unknown
from kientruc.views.survey_form import COLUMNS
from tests.intake.survey import Form, Province, Value, told


@pytest.fixture
def province(tmp_path: Path) -> Province:
    return Province.made(tmp_path)


NEW: dict[str, Value] = {
    **{"name": "Phần mềm lịch khám của Sở Y tế", "kind": "Ứng dụng", "owner": "Sở Y tế", "there": "Có"},
    **{"quantity": 12, "unit": "phòng khám", "security_level": "2", "realised_from": date(2020, 5, 1), "form": "Thuê"},
    **{"amount": "4,5 tỷ", "personal_data": "Có"},
}


# --- going out ---


def test_a_form_holds_what_the_body_owns_or_runs_and_what_it_is_asked(province: Province) -> None:
    form = province.form()
    column = form.column("systems", "id")
    ids = [form.sheets["systems"].cell(row, column).value for row in range(form.heading("systems") + 1, 8)]
    assert [id for id in ids if id] == ["benh-an", "kho-yt"]  # `kin` is restricted, and another body's
    assert (form.at("systems", "benh-an", "operator").value, form.at("systems", "benh-an", "there").value) == (
        None,
        "Có",
    )
    assert form.at("systems", "kho-yt", "quantity").value == 860
    questions = [row[1].value for row in form.sheets["questions"].iter_rows(min_row=5) if row[0].value]
    assert questions == ["Bệnh án điện tử", "Nâng cấp", "Bệnh án điện tử gửi dữ liệu tới Nền tảng chia sẻ (LGSP)"]
    assert form.at("links", "benh-an/", "data").value == "Hồ sơ"
    due = next(row[1].value for row in form.sheets["cover"].iter_rows() if row[0].value == "Hạn trả lời")
    assert due == "31/12/2026"


def test_headings_are_locked_keys_hidden_and_lists_there(province: Province) -> None:
    sheet = province.form().sheets["systems"]
    heading = sheet[province.form().heading("systems")]
    assert all(cell.protection.locked for cell in heading)
    assert sheet.protection.sheet
    assert sheet.column_dimensions[get_column_letter(len(COLUMNS["systems"]))].hidden
    book = province.form().book
    assert {one: book[one].sheet_state for one in book.sheetnames if one.startswith("_")} == {
        "_kientruc": "veryHidden",
        "_kientruc_truoc": "veryHidden",
    }
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == sum(1 for one in COLUMNS["systems"] if one.list and one.list not in ("day", "number"))


def test_a_restricted_element_is_named_only_to_its_owner(province: Province) -> None:
    def texts(form: Form) -> set[str]:
        return {str(cell.value) for sheet in form.book for row in sheet.iter_rows() for cell in row}

    assert not any("Dữ liệu hạn chế" in words for words in texts(province.form("so-yt")))
    assert any("Dữ liệu hạn chế" in words for words in texts(province.form("so-tp")))


# --- coming back ---


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("body", ["so-yt", "so-tp", "tinh"])
def test_an_unedited_form_changes_no_byte(province: Province, body: str, lang: str) -> None:
    before = province.files()
    taken = province.take(province.form(body, lang).save())
    assert (told(taken), taken.patch.files, province.files()) == ([], (), before)


def test_filled_cells_become_values_with_the_submission_as_their_source(province: Province) -> None:
    form = province.form().put("systems", "benh-an", operator="Sở Y tế", security_level=3, quantity="khoảng 40")
    taken = province.take(form.put("systems", "benh-an", unit="giường").head(letter="5/SYT").save())
    assert (told(taken), taken.changed, taken.new) == ([], 3, ())
    architecture = province.load().architecture
    assert architecture
    found = architecture.elements["benh-an"]
    assert (found.operator, found.security_level) == ("so-yt", 3)
    assert (found.quantity.about, found.quantity.unit) == (40, "giường")  # type: ignore[union-attr]
    assert (found.provenance["operator"].source, found.certainty_of("operator").value) == ("phieu-so-yt", "stated")
    source = architecture.records["sources"]["phieu-so-yt"]
    assert (source.kind, source.publisher) == ("submission", "Sở Y tế")
    assert source.title == "Phiếu khảo sát hiện trạng của Sở Y tế, văn bản số 5/SYT"
    lines = (province.folder / "thanh-phan.yaml").read_text(encoding="utf-8")
    assert "# giữ nguyên mọi chú thích" in lines
    assert "# của ngành y tế" in lines


def test_a_new_row_becomes_an_element_whose_id_says_not_whose_it_is(province: Province) -> None:
    form = province.form().put("systems", "", **NEW)
    form.put(
        "links", "", source=NEW["name"], verb="Gửi dữ liệu tới", target="benh-an – Bệnh án điện tử", data="Lịch khám"
    )
    taken = province.take(form.save())
    assert (told(taken), taken.new, taken.links) == ([], ("phan-mem-lich-kham",), 1)
    architecture = province.load().architecture
    assert architecture
    found = architecture.elements["phan-mem-lich-kham"]
    assert (found.kind.value, found.owner, found.source, found.certainty.value) == (
        *("application", "so-yt", "phieu-so-yt", "stated"),
    )
    assert (found.states, found.realised_from, found.personal_data) == ({"nay": "present"}, date(2020, 5, 1), True)
    cost = architecture.records["sourcing"]["ht-phan-mem-lich-kham"]
    assert (cost.of, cost.form, cost.amount) == ("phan-mem-lich-kham", "lease", 4_500_000_000)
    sends = next(one for one in architecture.relations if one.source_id == "phan-mem-lich-kham")
    assert (sends.verb.value, sends.target, sends.payload, sends.source) == (
        *("sends", "benh-an", "Lịch khám", "phieu-so-yt"),
    )


def test_answers_take_the_place_of_what_was_unknown(province: Province) -> None:
    form = province.form().put("questions", "tasks/nang-cap/due", answer=date(2027, 6, 30))
    form.put("questions", "relations/benh-an", answer="REST").put("questions", "elements/benh-an", answer="Sở Y tế")
    assert told(province.take(form.save())) == []
    architecture = province.load().architecture
    assert architecture
    task = architecture.records["tasks"]["nang-cap"]
    assert (task.due, task.provenance["due"].source) == (date(2027, 6, 30), "phieu-so-yt")
    sends = next(one for one in architecture.relations if one.verb.value == "sends")
    assert (sends.protocol, sends.provenance["protocol"].source) == ("REST", "phieu-so-yt")
    assert architecture.elements["benh-an"].operator == "so-yt"


def test_an_answer_inside_a_field_leaves_its_source_with_the_record(province: Province) -> None:
    province.change("owner: tinh,", "owner: tinh, reference: {issuer: Bộ, code: {unknown: chưa có mã, ask: so-yt}},")
    taken = province.take(province.form().put("questions", "elements/lgsp", answer="G01").save())
    assert told(taken) == []
    architecture = province.load().architecture
    assert architecture
    found = architecture.elements["lgsp"]
    assert (found.reference.code, found.sources) == ("G01", ("phieu-so-yt",))  # type: ignore[union-attr]


def test_the_same_form_twice_changes_nothing_the_second_time(province: Province) -> None:
    form = province.form().put("systems", "", **NEW).put("systems", "benh-an", operator="Sở Y tế", amount=3_000_000)
    form.put("links", "", source=NEW["name"], verb="Sử dụng", target="lgsp", data="Lịch khám; Kho dữ liệu y tế")
    form.put("questions", "tasks/nang-cap/due", answer="30/6/2027").head(person="Nguyễn Văn A")
    path = form.save()
    assert province.take(path).changed == 2
    before = province.files()
    again = province.take(path)
    assert (told(again), again.patch.files, province.files()) == ([], (), before)


def test_a_dry_run_shows_the_patch_and_writes_nothing(province: Province) -> None:
    before = province.files()
    taken = province.take(province.form().put("systems", "benh-an", note="Thay").save(), write=False)
    assert "+    note: {value: Thay, source: phieu-so-yt, certainty: stated}" in taken.patch.diff()
    assert province.files() == before


def test_a_state_is_changed_in_the_list_of_states(province: Province) -> None:
    province.take(province.form().put("systems", "benh-an", there="Không").save())
    architecture = province.load().architecture
    assert architecture
    assert architecture.elements["benh-an"].states == {"nay": "absent", "sau": "present"}


def test_what_is_said_of_the_state_of_today_is_changed_there(province: Province) -> None:
    province.change("treatment: keep", "treatment: keep\n    in_state: {nay: {security_level: 1}}")
    form = province.form()
    assert form.at("systems", "benh-an", "security_level").value == "1"
    assert told(province.take(form.put("systems", "benh-an", security_level="3").save())) == []
    architecture = province.load().architecture
    assert architecture
    found = architecture.elements["benh-an"]
    assert (found.security_level, found.in_state["nay"].security_level) == (2, 3)


def test_new_elements_go_to_the_file_that_is_named(province: Province) -> None:
    (province.folder / "moi.yaml").write_text("principles: {p: {name: x}}\n", encoding="utf-8")
    path = province.form().put("systems", "", **NEW).save()
    taken = province.take(path, into=province.folder / "moi.yaml", write=False)
    assert "phan-mem-lich-kham:" in next(one.text for one in taken.patch.files if one.file.path == "moi.yaml")


# --- what is bad ---


def test_renamed_sheets_moved_columns_and_headings_in_other_letters_are_known(province: Province) -> None:
    form = province.form().put("systems", "benh-an", note="Mới")
    for number, sheet in enumerate(form.sheets.values()):
        sheet.title = f"Trang {number}"
    for cell in form.sheets["systems"][form.heading("systems")]:
        cell.value = unicodedata.normalize("NFD", str(cell.value)).upper()
    assert "note: {value: Mới" in province.take(form.save()).patch.diff()


@pytest.mark.parametrize(
    ("key", "values", "finding"),
    [
        ("benh-an", {"note": "=1+1"}, "X-FORMULA Hệ thống!S5"),
        ("benh-an", {"realised_from": "năm ngoái"}, "X-DAY Hệ thống!I5"),
        ("benh-an", {"realised_from": "31/2/2020"}, "X-DAY Hệ thống!I5"),
        ("benh-an", {"owner": "Sở Z"}, "F-BODY Hệ thống!E5"),
        ("benh-an", {"treatment": "Để đó"}, "F-VALUE Hệ thống!R5"),
        ("benh-an", {"security_level": "9"}, "F-VALUE Hệ thống!N5"),
        ("benh-an", {"amount": "nhiều"}, "F-NUMBER Hệ thống!Q5"),
        ("benh-an", {"unit": "giường"}, "F-NUMBER Hệ thống!M5"),
        ("benh-an", {"name": "x" * 1001}, "X-LONG Hệ thống!B5"),
        ("", {"kind": "Ứng dụng"}, "F-NAME Hệ thống!B7"),
        ("", {"name": "Không loại"}, "F-KIND Hệ thống!B7"),
        ("", {"name": "A", "kind": "Máy"}, "F-VALUE Hệ thống!C7"),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_cell_and_nothing_is_written(
    province: Province, key: str, values: dict[str, Value], finding: str
) -> None:
    before = province.files()
    form = province.form().put("systems", key, **values).put("systems", "kho-yt", note="Đúng")
    taken = province.take(form.save())
    assert told(taken) == [finding]
    assert (taken.patch.files, province.files()) == ((), before)


def test_a_day_as_text_is_read_day_before_month(province: Province) -> None:
    province.take(province.form().put("systems", "benh-an", realised_from="03/04/2020").save())
    architecture = province.load().architecture
    assert architecture
    assert architecture.elements["benh-an"].realised_from == date(2020, 4, 3)


def test_merged_cells_are_told(province: Province) -> None:
    form = province.form()
    form.sheets["systems"].merge_cells("D5:D6")
    assert told(province.take(form.save())) == ["X-MERGED Hệ thống!D5"]


def test_a_workbook_with_macros_is_refused(province: Province) -> None:
    path = province.form().save()
    book = load_workbook(path, keep_vba=True)
    book.save(path.with_suffix(".xlsm"))
    taken = province.take(path.with_suffix(".xlsm"))
    assert [one.code for one in taken.findings] == ["X-MACRO"]
    assert run(["import", "survey", str(path.with_suffix(".xlsm")), "--model", str(province.root)]) == 3


def test_fifty_thousand_rows_are_refused_and_a_thousand_faults_end_the_reading(province: Province) -> None:
    form = province.form()
    start = form.row("systems", "")
    for row in range(start, start + 50_000):
        form.sheets["systems"].cell(row, 2).value = "a"
    assert [one.code for one in province.take(form.save()).findings] == ["X-LIMIT"]
    form = province.form()
    for row in range(start, start + 2_000):
        form.sheets["systems"].cell(row, 2).value = f"Hệ thống {row}"
    codes = [one.code for one in province.take(form.save()).findings]
    assert (codes.count("F-KIND"), codes.count("C-FLOOD")) == (1001, 1)


def test_a_row_copied_with_its_key_is_told_with_the_other(province: Province) -> None:
    form = province.form()
    sheet, first, new = form.sheets["systems"], form.row("systems", "benh-an"), form.row("systems", "")
    for column in range(1, form.column("systems", "id") + 1):
        sheet.cell(new, column).value = sheet.cell(first, column).value
    assert told(province.take(form.save())) == []  # it says the same
    sheet.cell(new, 2).value = "Bệnh án khác"
    taken = province.take(form.save())
    assert told(taken) == ["F-SAME Hệ thống!A7"]
    assert taken.findings[0].values["first"].endswith("[Hệ thống!A5]")


def test_two_new_rows_of_one_name_are_told(province: Province) -> None:
    form = province.form().put("systems", "", **NEW).put("systems", "", **{**NEW, "kind": "Nền tảng"})
    assert told(province.take(form.save())) == ["F-TWICE Hệ thống!B8"]


def test_a_key_that_is_retired_is_followed_and_one_that_is_gone_listed(province: Province) -> None:
    form = province.form()
    column = form.column("systems", "id")
    form.put("systems", "benh-an", note="Nay là mới")
    form.sheets["systems"].cell(form.row("systems", "benh-an"), column).value = "benh-an-cu"
    form.sheets["systems"].cell(form.row("systems", "kho-yt"), column).value = "bo-han"
    taken = province.take(form.save())
    assert told(taken) == ["F-KEPT", "F-KEPT", "F-RETIRED Hệ thống!B5", "F-LOST Hệ thống!B6"]
    assert [one.severity.value for one in taken.findings] == ["minor", "minor", "minor", "major"]


def test_a_form_of_another_architecture_is_refused_and_of_another_version_told(province: Province) -> None:
    path = province.form().put("systems", "benh-an", note="Mới").save()
    root = province.root.read_text(encoding="utf-8")
    province.root.write_text(root.replace("id: kt,", "id: khac,"), encoding="utf-8")
    taken = province.take(path)
    assert (told(taken), taken.patch.files) == (["C-ARCHITECTURE"], ())
    province.root.write_text(root.replace('"0.2"', '"0.3"'), encoding="utf-8")
    taken = province.take(path)
    assert (told(taken), taken.changed) == (["C-VERSION"], 1)


def test_two_departments_that_differ_over_one_element_are_both_told(province: Province) -> None:
    one = province.form("so-yt").put("systems", "kho-yt", note="Của Y tế", scope="Đơn vị")
    other = province.form("so-tp").put("systems", "kho-yt", note="Của Tư pháp", scope="Đơn vị")
    paths = one.save("a.xlsx"), other.save("b.xlsx")
    taken = province.take(*paths)
    assert told(taken) == ["F-DIFFERS Hệ thống!S6", "F-DIFFERS Hệ thống!S5"]
    assert taken.findings[0].values == {"found": "Của Y tế", "first": "b.xlsx [Hệ thống!S5]"}
    architecture = province.load().architecture
    assert architecture
    found = architecture.elements["kho-yt"]
    assert (found.note, found.scope, found.provenance["scope"].source) == (None, "unit", "phieu-so-yt")


def test_one_after_the_other_the_second_is_told_that_it_came_too_late(province: Province) -> None:
    one = province.form("so-yt").put("systems", "kho-yt", note="Của Y tế").save("a.xlsx")
    other = province.form("so-tp").put("systems", "kho-yt", note="Của Tư pháp").save("b.xlsx")
    province.take(one)
    taken = province.take(other)
    assert told(taken) == ["F-MOVED Hệ thống!S5"]
    assert taken.findings[0].values == {"found": "Của Tư pháp", "there": "Của Y tế"}


def test_a_form_that_was_out_while_the_architecture_changed_turns_nothing_back(province: Province) -> None:
    path = province.form().put("systems", "benh-an", note="Mới").save()
    province.change("security_level: 2", "security_level: 4")
    taken = province.take(path)
    assert (told(taken), taken.changed) == ([], 1)
    assert "security_level: 4" in (province.folder / "thanh-phan.yaml").read_text(encoding="utf-8")


def test_what_a_body_says_of_things_that_are_not_its_own_is_told(province: Province) -> None:
    form = province.form().put("systems", "benh-an", note="Mới")
    sheet = form.sheets["questions"]
    sheet.cell(form.row("questions", "tasks/"), form.column("questions", "id")).value = "elements/lgsp/__class__/x"
    form.put("questions", "elements/lgsp", answer="a")
    province.change("    owner: so-yt\n", "    owner: tinh\n")
    taken = province.take(form.save())
    assert told(taken) == ["F-OTHERS Hệ thống!B5", "F-LOST Câu hỏi!F6"]


def test_cleared_cells_and_missing_rows_are_told_and_lose_nothing(province: Province) -> None:
    form = province.form().put("systems", "benh-an", treatment=None, security_level=None)
    form.sheets["systems"].delete_rows(form.row("systems", "kho-yt"))
    taken = province.take(form.save())
    assert told(taken) == ["F-KEPT", "F-CLEARED Hệ thống!N5", "F-CLEARED Hệ thống!R5"]
    assert taken.patch.files == ()


def test_what_is_locked_is_told(province: Province) -> None:
    form = province.form().put("systems", "benh-an", kind="Nền tảng").put("links", "benh-an/", data="Khác")
    assert told(province.take(form.save())) == ["F-LOCKED Hệ thống!C5", "F-LOCKED Kết nối!B5"]


def test_connections_lack_nothing_and_join_what_may_be_joined(province: Province) -> None:
    form = province.form().put("links", "", source="benh-an", verb="Sử dụng")
    form.put("links", "", source="benh-an", verb="Gửi dữ liệu tới", target="Đâu đó")
    assert told(province.take(form.save())) == ["F-LINK Kết nối!A6", "F-REF Kết nối!D7"]
    form = province.form().put("links", "", source="kho-yt", verb="Sử dụng", target="lgsp")
    taken = province.take(form.save())
    assert (told(taken), taken.links) == (["F-VERB Kết nối!C6"], 1)
    assert "depends_on" in (province.folder / "thanh-phan.yaml").read_text(encoding="utf-8")


def test_lost_keys_are_asked_for(province: Province) -> None:
    form = province.form().put("systems", "benh-an", note="Mới")
    for name in ("_kientruc", "_kientruc_truoc"):
        del form.book[name]
    properties = form.book.custom_doc_props  # type: ignore[attr-defined]
    for one in [*properties.names]:
        del properties[one]
    path = form.save()
    assert told(province.take(path)) == ["F-FORM"]
    taken = province.take(path, body="so-yt")
    assert (told(taken), taken.changed) == (["F-BEFORE"], 1)


def test_an_answer_that_its_field_cannot_hold_is_told_and_the_rest_taken(province: Province) -> None:
    form = province.form().put("questions", "tasks/nang-cap/due", answer="sớm").put("systems", "benh-an", note="Mới")
    taken = province.take(form.save())
    assert (told(taken), taken.changed) == (["F-ANSWER Câu hỏi!F6"], 1)
    architecture = province.load().architecture
    assert architecture
    assert isinstance(architecture.records["tasks"]["nang-cap"].due, Unknown)


def test_export_and_import_on_the_command_line(province: Province, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = str(province.root), province.folder / "phieu"
    assert run(["export", "survey", root, "-o", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [f"khao-sat-{id}.xlsx" for id in ("so-tp", "so-yt", "tinh")]
    assert run(["export", "survey", root, "-o", str(out / "a.xlsx")]) == 2
    assert run(["export", "survey", root, "--for", "so-xx", "-o", str(out / "a.xlsx")]) == 2
    path = province.form().put("systems", "benh-an", note="Mới").save("da-dien.xlsx")
    capsys.readouterr()
    assert run(["import", "survey", str(path), "--model", root]) == 0
    shown = capsys.readouterr()
    assert "+    note: {value: Mới" in shown.out
    assert "Sẽ nhận 1 giá trị" in shown.err
    assert run(["import", "survey", str(path), "--model", root, "--apply"]) == 0
    assert run(["import", "survey", str(path), "--model", root, "--apply", "--lang", "en"]) == 0
    assert "Nothing is new" in capsys.readouterr().out


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="_"), max_size=60)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES)
def test_any_name_and_note_come_back_as_they_were_written_or_are_told(
    tmp_path_factory: pytest.TempPathFactory, name: str, note: str
) -> None:
    province = Province.made(tmp_path_factory.mktemp("tinh"))
    form = province.form()
    row = form.row("systems", "")
    for column, words in (("name", name), ("kind", "Ứng dụng"), ("note", note)):
        cell = form.sheets["systems"].cell(row, form.column("systems", column))
        cell.value, cell.data_type = words, "s"
    path = form.save()
    taken = province.take(path)
    if not taken.new:
        assert taken.blocked
        return
    architecture = province.load().architecture
    assert architecture
    found = architecture.elements[taken.new[0]]
    if not taken.findings:  # else characters that nobody sees were taken out
        assert found.name == " ".join(unicodedata.normalize("NFC", name).split())
        assert (found.note or "").split() == unicodedata.normalize("NFC", note).split()
    assert province.take(path).patch.files == ()


def test_the_guide_speaks_both_languages(province: Province) -> None:
    for lang in ("vi", "en"):
        cover = province.form(lang=lang).sheets["cover"]
        words = " ".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value)
        assert text("survey-guide.1", lang) in words
