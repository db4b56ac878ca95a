"""Forms that come back: taken in once, changed only where somebody wrote, told where anything is not clear."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from kientruc.editing.refused import EditRefused
from tests.consultation.conftest import LABELS, Province, Value, told

FULL: dict[str, Value] = {
    "about": "lgsp – Nền tảng chia sẻ, tích hợp dữ liệu",
    "passage": "chia-se – Chia sẻ, tích hợp",
    "quote": "LGSP do tỉnh quản lý.",
    "text": "Làm rõ đơn vị vận hành.",
    "proposal": "LGSP do Sở vận hành.",
    "grounds": "Quyết định 1",
    "person": "Nguyễn Văn A",
    "letter": "5/SYT",
    "date": date(2017, 8, 15),
}


def test_a_filled_row_becomes_a_comment_in_a_file_of_its_own(province: Province) -> None:
    taken = province.take(province.form().put(1, **FULL).save())
    assert (taken.new, taken.already, taken.findings) == (("gy-v1-so-yt-01",), 0, ())
    assert province.comments() == {
        "gy-v1-so-yt-01": {
            "round": "v1",
            "from_": "so-yt",
            "person": "Nguyễn Văn A",
            "letter": "5/SYT",
            "date": "2017-08-15",
            "passage": "chia-se",
            "quote": "LGSP do tỉnh quản lý.",
            "about": ["lgsp"],
            "text": "Làm rõ đơn vị vận hành.",
            "proposal": "LGSP do Sở vận hành.",
            "grounds": "Quyết định 1",
        }
    }
    names = sorted(path.name for path in province.folder.glob("*.yaml"))
    assert names == ["architecture.yaml", "gop-y.yaml", "vong.yaml"]


def test_the_same_form_twice_changes_nothing(province: Province) -> None:
    path = province.form().head(position="Đồng ý").put(1, **FULL).put(2, text="Hai").save()
    province.take(path)
    before = {path.name: path.read_bytes() for path in province.folder.glob("*.yaml")}
    taken = province.take(path)
    assert (taken.patch.files, taken.already, taken.new, taken.answers, taken.findings) == ((), 2, (), (), ())
    assert {path.name: path.read_bytes() for path in province.folder.glob("*.yaml")} == before


def test_a_row_is_known_by_what_it_says_not_by_where_it_stands(province: Province) -> None:
    moved = province.form()
    province.take(province.form().put(1, **FULL).save())
    moved.put(4, **{**FULL, "text": "Làm rõ  đơn vị\nvận hành."}).put(5, text="Mới")
    taken = province.take(moved.save("lai.xlsx"))
    assert (taken.already, taken.new) == (1, ("gy-v1-so-yt-05",))


def test_a_dry_run_writes_nothing(province: Province) -> None:
    taken = province.take(province.form().put(1, text="Một").save(), write=False)
    assert "+  gy-v1-so-yt-01:" in taken.patch.diff()
    assert province.comments() == {}


def test_comments_go_to_where_comments_stand_and_nothing_else_moves(province: Province) -> None:
    text = "# của tôi\ncomments:\n  a: {round: v1, from: so-tp, text: Cũ}  # giữ\n\nprinciples: {p: {name: x}}\n"
    province.add("y-kien.yaml", text)
    taken = province.take(province.form().put(1, text="Mới: có dấu hai chấm # và dấu thăng").save())
    (edited,) = taken.patch.files
    lines = edited.text.split("\n")
    assert edited.file.path == "y-kien.yaml"
    assert [line for line in text.split("\n") if line not in lines] == []
    assert province.comments()["gy-v1-so-yt-01"]["text"] == "Mới: có dấu hai chấm # và dấu thăng"


def test_into_names_the_file(province: Province) -> None:
    path = province.form().put(1, text="Một").save()
    assert province.take(path, write=False, into="vong.yaml").patch.files[0].file.path == "vong.yaml"
    assert province.take(path, write=False, into="moi.yaml").patch.files[0].file.path == "moi.yaml"
    province.add("architecture.yaml", province.root.read_text(encoding="utf-8").replace('"*.yaml"', "vong.yaml"))
    with pytest.raises(EditRefused, match=r"comments\.breaks"):
        province.take(path, into="moi.yaml")
    assert not (province.folder / "moi.yaml").exists()


def test_a_new_file_that_nobody_would_read_is_not_made(province: Province) -> None:
    province.add("architecture.yaml", province.root.read_text(encoding="utf-8").replace('"*.yaml"', "vong.yaml"))
    taken = province.take(province.form().put(1, text="Một").save())
    assert [edited.file.path for edited in taken.patch.files] == ["vong.yaml"]
    assert list(province.comments()) == ["gy-v1-so-yt-01"]


def test_the_answer_of_the_body_goes_to_its_round(province: Province) -> None:
    form = province.form().head(position="Đồng ý có điều kiện", answer_letter="7/SYT", answer_date="15/08/2017")
    first = province.take(form.put(1, text="Một").save())
    assert first.answers == (("v1", "so-yt"),)
    second = province.take(province.form("so-tp").head(position="Đồng ý").save())
    assert (second.new, second.answers) == ((), (("v1", "so-tp"),))
    architecture = province.load().architecture
    assert architecture
    answers = architecture.records["rounds"]["v1"].answers
    assert (answers["so-yt"].position, answers["so-yt"].letter) == ("agrees-with-conditions", "7/SYT")
    assert (answers["so-yt"].date, answers["so-tp"].position) == (date(2017, 8, 15), "agrees")
    other = province.take(province.form("so-tp").head(position="Không đồng ý").save())
    assert (told(other), other.patch.files) == (["C-ANSWER Góp ý!C8"], ())


def test_a_changed_row_is_told_and_never_written_over(province: Province) -> None:
    province.take(province.form().put(1, **FULL).save())
    form = province.form()
    assert form.sheet.cell(form.heading + 1, form.column("text")).value == FULL["text"]
    taken = province.take(form.put(1, text="Đã đổi").put(2, text="Mới").save())
    assert told(taken) == ["C-CHANGED Góp ý!E13"]
    assert taken.findings[0].values["fields"] == "text"
    assert (taken.already, taken.new) == (0, ("gy-v1-so-yt-02",))
    assert province.comments()["gy-v1-so-yt-01"]["text"] == FULL["text"]


def test_what_is_exported_again_comes_back_as_it_is(province: Province) -> None:
    form = province.form().head(position="Đồng ý").put(1, **FULL)
    province.take(form.put(2, about="lgsp, mot-cua", text="Hai").save())
    taken = province.take(province.form().save("lan-hai.xlsx"))
    assert (taken.already, taken.new, taken.answers, taken.findings) == (2, (), (), ())


def test_several_forms_at_once_and_all_or_nothing(province: Province) -> None:
    good = province.form("so-yt").put(1, text="Một").save("a.xlsx")
    bad = province.form("so-tp").put(1, text="Hai", about="lgps").save("b.xlsx")
    taken = province.take(good, bad)
    assert (told(taken), taken.patch.files, province.comments()) == (["C-CODE Góp ý!C13"], (), {})
    assert taken.findings[0].values == {"found": "lgps", "near": "lgsp"}
    mended = province.form("so-tp").put(1, text="Hai", about="lgsp").save("b.xlsx")
    assert province.take(good, mended).new == ("gy-v1-so-yt-01", "gy-v1-so-tp-01")


def test_codes_as_people_write_them(province: Province) -> None:
    cells = ["lgsp; mot-cua", "lgsp, mot-cua", "lgsp\nmot-cua – Một cửa điện tử", "MỘT  CỬA điện tử; lgsp"]
    form = province.form()
    for number, cell in enumerate(cells, start=1):
        form.put(number, about=cell, text=f"Ý {number}")
    assert province.take(form.save()).findings == ()
    assert [sorted(map(str, one["about"])) for one in province.comments().values()] == [["lgsp", "mot-cua"]] * 4


def test_a_retired_id_is_followed_and_noted(province: Province) -> None:
    taken = province.take(province.form().put(1, about="cong-cu; bo-han", text="Một").save())
    one = province.comments()["gy-v1-so-yt-01"]
    assert (told(taken), one["about"]) == (["C-RETIRED Góp ý!C13"], ["mot-cua", "bo-han"])
    assert one["note"] == "Góp ý nêu mã “cong-cu”; nay là mot-cua."


def test_an_element_retired_after_its_comment_came_in_is_the_same_comment(province: Province) -> None:
    path = province.form().put(1, about="mot-cua", text="Một").save()
    province.take(path)
    text = province.root.read_text(encoding="utf-8")
    text = text.replace("  mot-cua: {kind", "  hai-cua: {kind").replace("successor: mot-cua", "successor: hai-cua")
    province.add("architecture.yaml", text + "  mot-cua: {name: Một cửa, successor: hai-cua}\n")
    taken = province.take(path)
    assert (taken.already, told(taken)) == (1, ["C-RETIRED Góp ý!C13"])


def test_an_element_that_is_gone_is_told_and_noted(province: Province) -> None:
    path = province.form().put(1, about="mot-cua – Một cửa điện tử; lgsp", passage="Mục 3", text="Một").save()
    text = "\n".join(line for line in province.root.read_text(encoding="utf-8").split("\n") if "mot-cua" not in line)
    province.add("architecture.yaml", text)
    taken = province.take(path)
    one = province.comments()["gy-v1-so-yt-01"]
    assert (told(taken), one["about"], one["passage"]) == (["C-GONE Góp ý!C13"], ["lgsp"], "Mục 3; mot-cua")
    assert "Một cửa điện tử" in str(one["note"])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (("id: kt,", "id: khac,"), ["C-ARCHITECTURE"]),
        (('version: "0.2"', 'version: "0.3"'), ["C-VERSION"]),
        (("  so-yt: {name: Sở Y tế}", "  so-yte: {name: Sở Y tế}"), ["C-BODY"]),
    ],
)
def test_a_form_of_something_else_is_told(province: Province, change: tuple[str, str], codes: list[str]) -> None:
    path = province.form().put(1, text="Một").save()
    text = province.root.read_text(encoding="utf-8").replace(*change).replace("owner: so-yt}", "owner: tinh}")
    province.add("architecture.yaml", text)
    rounds = province.folder / "vong.yaml"
    rounds.write_text(rounds.read_text(encoding="utf-8").replace("so-yt, ", ""), encoding="utf-8")
    taken = province.take(path)
    found = [finding.code for finding in taken.findings if finding.code != "C-ASKED"]
    assert (found, bool(taken.new)) == (codes, codes == ["C-VERSION"])


def test_a_round_that_is_not_there_names_those_that_are(province: Province) -> None:
    path = province.form().put(1, text="Một").save()
    rounds = province.folder / "vong.yaml"
    rounds.write_text(rounds.read_text(encoding="utf-8").replace("  v1:", "  v2:"), encoding="utf-8")
    taken = province.take(path)
    assert (told(taken), taken.findings[0].values["allowed"]) == (["C-ROUND"], "v2")
    assert told(province.take(path, round="v2")) == ["C-OTHER", "C-ROUND"]


def test_a_form_that_lost_its_keys_needs_the_command_to_say_whose_it_is(province: Province) -> None:
    form = province.form().put(1, text="Một")
    form.book.remove(form.book["_kientruc"])
    properties = form.book.custom_doc_props  # type: ignore[attr-defined]
    properties.props = []
    path = form.save()
    assert told(province.take(path)) == ["C-FORM"]
    assert province.take(path, round="v1", body="so-yt").new == ("gy-v1-so-yt-01",)


def test_keys_are_read_from_the_properties_too(province: Province) -> None:
    form = province.form().put(1, text="Một")
    form.book.remove(form.book["_kientruc"])
    assert province.take(form.save()).new == ("gy-v1-so-yt-01",)


def test_a_joint_form_names_the_body_in_each_row(province: Province) -> None:
    form = province.form(joint=True)
    form.put(1, body="so-yt – Sở Y tế", text="Một").put(2, body="Sở Tư pháp", text="Hai").put(3, text="Ba")
    path = form.save()
    assert told(province.take(path)) == ["C-NOBODY Góp ý!B11"]
    form.put(3, text=None).save()
    assert province.take(path).new == ("gy-v1-so-yt-01", "gy-v1-so-tp-01")


def test_headings_in_any_composition_case_order_and_sheet_name(province: Province) -> None:
    form = province.form().put(1, **FULL)
    form.sheet.title = "Sở Y tế góp ý"
    for cell in form.sheet[form.heading]:
        cell.value = unicodedata.normalize("NFD", f" {str(cell.value).upper()}\n")
    assert province.take(form.save()).new == ("gy-v1-so-yt-01",)


def test_columns_in_another_order_with_one_more(province: Province) -> None:
    form = province.form().put(1, **FULL)
    form.sheet.move_range(form.sheet.dimensions, cols=2)
    form.sheet.cell(form.sheet.max_row, 1)
    path = form.save()
    assert province.take(path).new == ("gy-v1-so-yt-01",)
    assert province.comments()["gy-v1-so-yt-01"]["about"] == ["lgsp"]


def test_a_workbook_without_the_table_lists_its_sheets(province: Province) -> None:
    form = province.form()
    form.book.remove(form.sheet)
    taken = province.take(form.save())
    assert told(taken) == ["X-SHEET"]
    assert "“Danh mục mã”, “Hướng dẫn”" in taken.findings[0].values["sheets"]


def test_a_missing_column_and_two_of_one_name_are_told(province: Province) -> None:
    form = province.form()
    form.sheet.cell(form.heading, form.column("text"), "Ý kiến")
    taken = province.take(form.save())
    assert (told(taken), taken.findings[0].values["missing"]) == (["X-COLUMN Góp ý!A12"], "“Nội dung góp ý”")
    form = province.form()
    form.sheet.cell(form.heading, form.column("quote"), LABELS["text"])
    assert told(province.take(form.save())) == ["X-TWICE Góp ý!E12"]


def test_formulas_merged_cells_errors_and_bad_days_name_their_cell(province: Province) -> None:
    form = province.form().put(1, text="=1+1").put(2, text="Hai", date="31/02/2017").put(3, text="Ba", date="hôm qua")
    form.put(4, text="Bốn").put(6, text="#N/A", about="lgsp")
    form.sheet.cell(form.heading + 6, form.column("text")).data_type = "e"
    form.sheet.merge_cells(start_row=16, end_row=17, start_column=5, end_column=5)
    taken = province.take(form.save())
    assert told(taken) == [
        "X-FORMULA Góp ý!E13",
        "X-DAY Góp ý!I14",
        "X-DAY Góp ý!I15",
        "X-MERGED Góp ý!E16",
        "X-ERROR Góp ý!E18",
    ]
    assert taken.patch.files == ()


def test_days_of_the_program_and_days_as_text(province: Province) -> None:
    form = province.form()
    days: tuple[Value, ...] = (date(2017, 8, 5), "5/8/2017", "05-08-2017", "2017-08-05")
    for number, day in enumerate(days, start=1):
        form.put(number, text=f"Ý {number}", date=day)
    assert province.take(form.save()).findings == ()
    assert {one["date"] for one in province.comments().values()} == {"2017-08-05"}


def test_a_row_without_a_comment_is_told_and_a_proposal_alone_is_one(province: Province) -> None:
    taken = province.take(province.form().put(1, about="lgsp").put(2, proposal="Sửa").save())
    assert told(taken) == ["C-TEXT Góp ý!E13"]
    assert province.take(province.form().put(2, proposal="Sửa").save()).new == ("gy-v1-so-yt-02",)


def test_an_empty_form_says_that_it_is_empty(province: Province) -> None:
    assert told(province.take(province.form().save())) == ["C-NOTHING"]


def test_one_comment_in_two_forms_is_taken_once_and_two_under_one_id_are_told(province: Province) -> None:
    first = province.form().put(1, text="Một").save("a.xlsx")
    same = province.form().put(2, text="Một").save("b.xlsx")
    assert told(province.take(first, same, write=False)) == ["C-TWICE Góp ý!E14"]
    assert told(province.take(first, province.form().put(1, text="Khác").save("b.xlsx"))) == ["C-SAME Góp ý!E13"]


def test_an_inserted_row_gets_the_next_number(province: Province) -> None:
    form = province.form().put(2, text="Hai").put(3, text="Ba", id=None)
    form.put(70, text="Chèn")
    assert province.take(form.save()).new == ("gy-v1-so-yt-02", "gy-v1-so-yt-03", "gy-v1-so-yt-04")
    assert [one["text"] for one in province.comments().values()] == ["Hai", "Ba", "Chèn"]


def test_invisible_characters_are_taken_out_and_told(province: Province) -> None:
    taken = province.take(province.form().put(1, text="Làm\u200b rõ\u202e đi").save())
    assert (told(taken), taken.findings[0].values["found"]) == (["X-CHAR Góp ý!E13"], "U+200B, U+202E")
    assert province.comments()["gy-v1-so-yt-01"]["text"] == "Làm rõ đi"


def test_a_file_changed_since_it_was_read_is_left(province: Province) -> None:
    province.add("y-kien.yaml", "comments:\n  a: {round: v1, from: so-tp, text: Cũ}\n")
    taken = province.take(province.form().put(1, text="Một").save(), write=False)
    province.add("y-kien.yaml", "comments: {}\n")
    with pytest.raises(EditRefused, match=r"edit\.stale"):
        taken.patch.write(province.folder)
    taken = province.take(province.form().put(1, text="Một").save(), write=False, into="moi.yaml")
    province.add("moi.yaml", "notes: {n: {text: Người khác}}\n")
    with pytest.raises(EditRefused, match=r"edit\.stale"):
        taken.patch.write(province.folder)
    assert Path(province.folder / "moi.yaml").read_text(encoding="utf-8") == "notes: {n: {text: Người khác}}\n"
