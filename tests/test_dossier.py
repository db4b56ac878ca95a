"""The dossier: nothing invented, nothing retyped, nothing half-written; a province's own words where it wants them."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx as reader
import pytest

from kientruc import api
from kientruc.api.papers import made_papers
from kientruc.cli.app import run
from kientruc.errors import OutputError, UsageError
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.result import Status
from kientruc.views.difference import difference
from kientruc.views.document import BLANK, Document, Table, plain
from kientruc.views.dossier import NAMES, Dossier, papers, wording
from kientruc.views.dossier.facts import abbreviation
from kientruc.views.dossier.handling import handling
from kientruc.views.dossier.wording import FACTS, shipped
from tests.papers import ARCHITECTURE

ROOT = Path(__file__).parent.parent

# One thing came for a comment, one task changed for no reason that anybody gave.
BEFORE = (
    ARCHITECTURE.replace("name: Một cửa điện tử,", "name: Một cửa,")
    .replace(", verdict: accepted, response: Đã bổ sung.,\n    changed: [mot-cua]}", "}")
    .replace('amount: "4,5 tỷ"', 'amount: "4 tỷ"')
)
OTHER = """\
format: kientruc/1
architecture: {id: khac, name: Kiến trúc khác, agency: co-quan, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {co-quan: {name: Cơ quan khác}}
"""


def architecture(text: str = ARCHITECTURE) -> Architecture:
    loaded = load_text(text)
    assert loaded.architecture is not None, [str(one) for one in loaded.findings]
    return loaded.architecture


def about(text: str = ARCHITECTURE, words: Path | None = None) -> Dossier:
    found = architecture(text)
    return Dossier(found, wording(words), "Khung", next(iter(found.records["hearings"].values()), None))


def said(document: Document) -> str:
    """Give all words of a paper's body, tables too."""
    lines = []
    for annex in ((document.blocks), *(one.blocks for one in document.annexes)):
        for block in annex:
            if isinstance(block, Table):
                lines += [" | ".join(plain(cell.text) for cell in row) for row in block.rows]
            else:
                lines.append(plain(block.text) if hasattr(block, "text") and not isinstance(block.text, str) else "")
    return "\n".join(lines)


def named(name: str, text: str = ARCHITECTURE) -> Document:
    made, _ = papers(about(text), (name,))
    return made[0]


def test_every_paper_is_made_and_keeps_its_format(tmp_path: Path) -> None:
    made = api.dossier(architecture(), tmp_path / "out", before=architecture(BEFORE))
    assert [name for name, _ in made.papers] == list(NAMES)
    assert {format for _, format in made.papers} == {"tt01-2011"}
    assert made.deviations == ()
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert set(manifest["files"]) == {f"{name}.{suffix}" for name in NAMES for suffix in ("docx", "html", "pdf")}
    assert manifest["hearing"] == "hop"
    assert manifest["architecture"]["cut_off"] == "2017-09-13"
    data = (tmp_path / "out" / "to-trinh.docx").read_bytes()
    assert manifest["content_sha256"]["to-trinh.docx"] == api.content_sha256(data)


@pytest.mark.parametrize("profile", ["tt01-2011", "nd30-2020", "hd36-2018"])
def test_every_paper_of_the_example_keeps_every_format(tmp_path: Path, profile: str) -> None:
    loaded = api.load(ROOT / "architecture.yaml")
    assert loaded.architecture is not None
    made = api.dossier(loaded.architecture, tmp_path / "out", profile=profile)
    assert [(name, one.rule, one.where) for name, one in made.deviations] == []
    assert made.empty == ("bang-tiep-thu-4-cot", "bang-tiep-thu-7-cot", "bao-cao-chinh-sua")


LATER = re.compile(r"20(?:1[89]|2\d)|Hồ Chí Minh|VNPT|\bIOC\b|phường, xã, đặc khu", re.IGNORECASE)
PLANNED = ("2017–2020", "2018–2020")  # a period that was told in 2017


def test_nothing_that_was_seen_after_the_hearing_stands_in_its_papers() -> None:
    """The province was heard on 13/9/2017; its files also hold what the press told up to 2025."""
    loaded = api.load(ROOT / "architecture.yaml")
    assert loaded.architecture is not None
    made = made_papers(loaded.architecture, "hop-2017-09-13")
    found = {}
    for name, data in made.files.items():
        if name.endswith(".html"):
            words = re.sub(r'"data:[^"]*"', "", data.decode())
            for period in PLANNED:
                words = words.replace(period, "")
            found[name] = [words[max(one.start() - 60, 0) : one.end()] for one in LATER.finditer(words)]
    assert found == {f"{name}.html": [] for name, _ in made.papers}
    assert len(found) == 10


def test_a_second_run_changes_nothing_and_an_edited_paper_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    api.dossier(architecture(), out)
    assert api.dossier(architecture(), out).changed == 0
    (out / "to-trinh.docx").write_bytes(b"edited by hand")
    with pytest.raises(OutputError):
        api.dossier(architecture(), out)
    beside = api.dossier(architecture(), out, keep="beside").beside
    assert [name for name, _ in beside] == ["to-trinh.docx"]
    assert (out / "to-trinh.docx").read_bytes() == b"edited by hand"


def test_number_day_and_signer_stay_blank(tmp_path: Path) -> None:
    api.dossier(architecture(), tmp_path / "out", only=("quyet-dinh",))
    document = reader.Document(io.BytesIO((tmp_path / "out" / "quyet-dinh.docx").read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert f"Số:{BLANK}/QĐ-UBND" in cells[2]
    assert cells[3] == f"Mẫu, ngày{BLANK}tháng{BLANK}năm{BLANK}"
    assert cells[-1].split("\n")[-1].strip() == ""


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    words = said(named("to-trinh"))
    assert "1 | Nâng cấp | Chưa xác định | Chưa xác định | Chưa xác định" in words
    assert "Kinh phí của 1 nhiệm vụ chưa xác định." in words
    assert "Đơn vị thực hiện: ……………." in said(named("thong-bao-ket-luan"))
    assert "Thư ký: ……………." in said(named("bien-ban"))
    assert "tại ……………," in said(named("thong-bao-ket-luan"))


def test_sums_are_exact() -> None:
    words = said(named("to-trinh"))
    assert "2 | Xây dựng một cửa | Sở Thông tin và Truyền thông | 2018–2019 | 5.000.000.000" in words
    assert "Tổng cộng | 5.000.000.000" in words
    assert "Tổng kinh phí của các nhiệm vụ đã có số liệu là 5.000.000.000 đồng (1 nhiệm vụ)." in words


def test_what_was_seen_after_the_day_stays_out() -> None:
    later = ARCHITECTURE.replace("  nang-cap: {name: Nâng cấp,", "  nang-cap: {name: Nâng cấp, as_of: 2019-01-01,")
    assert "Nâng cấp" in said(named("to-trinh"))
    assert "Nâng cấp" not in said(named("to-trinh", later))


def test_bases_are_written_as_the_law_is_cited() -> None:
    found = [plain(one) for one in named("quyet-dinh").bases]
    assert found[0] == "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"
    assert found[1] == "Căn cứ Nghị định số 85/2016/NĐ-CP ngày 01 tháng 7 năm 2016 của Chính phủ về bảo đảm an toàn"
    assert found[2].startswith("Xét đề nghị của Giám đốc Sở Thông tin và Truyền thông tại Tờ trình số")
    dateless = named("quyet-dinh", ARCHITECTURE.replace(", date: 2016-07-01", ""))
    assert f"ngày {BLANK} tháng {BLANK} năm 2016 của Chính phủ" in plain(dateless.bases[1])  # its number tells the year
    unnumbered = named(
        "quyet-dinh", ARCHITECTURE.replace("85/2016/NĐ-CP", "85/NĐ-CP").replace(", date: 2016-07-01", "")
    )
    assert f"ngày {BLANK} tháng {BLANK} năm {BLANK} của Chính phủ" in plain(unnumbered.bases[1])


def test_the_body_or_its_chairman_decides() -> None:
    found = architecture()
    body, chairman = (Dossier(found, wording(), "Khung", chairman=one) for one in (False, True))
    papers_of = [papers(one, ("quyet-dinh",))[0][0] for one in (body, chairman)]
    assert [one.authority for one in papers_of] == ["Ủy ban nhân dân tỉnh Mẫu", "Chủ tịch Ủy ban nhân dân tỉnh Mẫu"]
    assert [len(one.signatures[0].office) for one in papers_of] == [2, 1]


def test_the_report_to_the_party_bears_the_head_that_was_asked_for(tmp_path: Path) -> None:
    later = architecture(ARCHITECTURE.replace("2017-09-13", "2018-09-13"))
    for party, format in ((False, "tt01-2011"), (True, "hd36-2018")):
        made = api.dossier(later, tmp_path / format, only=("bao-cao-thuong-truc",), party=party)
        assert made.papers == (("bao-cao-thuong-truc", format),)
        assert made.deviations == ()
    document = reader.Document(io.BytesIO((tmp_path / "hd36-2018" / "bao-cao-thuong-truc.docx").read_bytes()))
    cells = [cell.text for table in document.tables[:2] for row in table.rows for cell in row.cells]
    assert cells[1].startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert cells[2] == f"Số{BLANK}-BC/UBND"


def test_the_check_sheet_has_a_line_for_each_requirement_and_counts_as_the_check_does(tmp_path: Path) -> None:
    loaded = load_text(ARCHITECTURE)
    found = loaded.architecture
    assert found is not None
    asked = api.edition("cpdt-1.0").requirements
    results = api.check(loaded).result.requirements
    statuses = Counter(one.status for one in results if not asked[one.requirement].look_ahead)
    api.dossier(found, tmp_path / "out", only=("phieu-kiem-tra",))
    document = reader.Document(io.BytesIO((tmp_path / "out" / "phieu-kiem-tra.docx").read_bytes()))
    table = next(one for one in document.tables if len(one.columns) == 5)
    told = Counter(row.cells[3].text for row in table.rows[1:])
    words = {Status.PASS: "Đáp ứng", Status.FAIL: "Chưa đáp ứng", Status.NOT_APPLICABLE: "Không áp dụng"}
    for status, word in words.items():
        assert told[word] == statuses[status]
    assert told["Chưa đủ cơ sở đánh giá"] == statuses.total() - sum(statuses[one] for one in words)
    lines = [one.text for one in document.paragraphs]
    assert f"1. {next(iter(told))}: {told[next(iter(told))]} yêu cầu." in lines


def test_the_check_sheet_tells_true_counts_and_names_nothing_as_the_files_do(tmp_path: Path) -> None:
    loaded = api.load(Path(__file__).parent.parent / "examples" / "tinh-mau" / "architecture.yaml")
    assert loaded.architecture is not None
    counts = max(one.counts[Status.PASS] for one in api.check(loaded).result.requirements)
    api.dossier(loaded.architecture, tmp_path / "out", only=("phieu-kiem-tra",))
    document = reader.Document(io.BytesIO((tmp_path / "out" / "phieu-kiem-tra.docx").read_bytes()))
    told = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert counts > 100  # more than the check keeps one by one
    assert f"Đáp ứng ở cả {counts} trường hợp" in told
    assert re.findall(r"\([a-z]+_?[a-z]*\)|\bQ1425-|\bx1–x4\b|/BC-", told) == []


def test_a_letter_has_no_type_and_says_what_it_is_about_below_its_number(tmp_path: Path) -> None:
    api.dossier(architecture(), tmp_path / "out", only=("cong-van-tham-dinh",))
    document = reader.Document(io.BytesIO((tmp_path / "out" / "cong-van-tham-dinh.docx").read_bytes()))
    number, about_it = document.tables[1].rows[0].cells[0].text.split("\n")
    assert number == f"Số:{BLANK}/UBND-VP"
    assert about_it == "V/v đề nghị thẩm định Kiến trúc Chính quyền điện tử tỉnh Mẫu"
    assert document.paragraphs[0].text == "Kính gửi: Bộ Thông tin và Truyền thông"


def test_four_and_seven_columns_come_from_the_same_rows() -> None:
    four, seven = (handling(about(), columns) for columns in (4, 7))
    assert four and seven
    tables = [next(block for block in one.blocks if isinstance(block, Table)) for one in (four, seven)]
    assert [len(table.columns) for table in tables] == [4, 7]
    assert [len(table.rows) for table in tables] == [3, 3]
    assert [cell.rows for row in tables[0].rows for cell in row[:1] if len(row) == 4] == [2, 1]
    assert "Tiếp thu. Đã bổ sung. Thể hiện tại: Một cửa điện tử." in said(four)
    assert "2 |" in said(seven) and "45/SNV-VP, 10/8/2017" in said(seven)
    assert "Chưa có ý kiến xử lý." in said(four)
    for counted in (
        "gửi 3 cơ quan; 2 cơ quan trả lời; 3 ý kiến góp ý",
        "Tổng số 3 ý kiến",
        "Tiếp thu: 1 ý kiến;",
        "Giải trình: 1 ý kiến;",
    ):
        assert counted in said(four)
    assert "Sở Tài chính (46/STC-VP, 11/8/2017)" in said(four)
    more = handling(about(ARCHITECTURE.replace("text: Bỏ sơ đồ.,", "text: Bỏ sơ đồ., proposal: Thay bằng bảng.,")))
    assert more and "Bỏ sơ đồ. " in said(more) and "Thay bằng bảng." in said(more)
    assert "chưa có văn bản trả lời: Sở Y tế." in said(four)


def test_every_change_stands_with_its_cause_and_one_without_is_named_as_such(tmp_path: Path) -> None:
    made = api.dossier(architecture(), tmp_path / "out", only=("bao-cao-chinh-sua",), before=architecture(BEFORE))
    assert (made.deviations, made.empty) == ((), ())
    document = reader.Document(io.BytesIO((tmp_path / "out" / "bao-cao-chinh-sua.docx").read_bytes()))
    asked, changed = ([[cell.text for cell in row.cells] for row in one.rows] for one in document.tables[-2:])
    assert asked[1] == [
        "1",
        "Công văn số 45/SNV-VP, 10/8/2017, Sở Nội vụ",
        "Bổ sung danh mục.",
        "Tiếp thu. Đã bổ sung.",
        "1",
    ]
    assert changed[1][0] == "Ứng dụng (1 nội dung)"
    kept = document.tables[-1].rows[1].cells[0].paragraphs[0].paragraph_format
    assert kept.keep_with_next  # no group is named at the foot of a page without a line of it
    *_, before_last, last = (row.cells[-1].paragraphs[0].paragraph_format for row in document.tables[-1].rows)
    assert (before_last.keep_with_next, last.keep_with_next) == (True, None)  # no last row stands alone on a page
    assert changed[2][1:] == [
        "Một cửa điện tử",
        "Tên",
        "Một cửa",
        "Một cửa điện tử",
        "số 1: công văn số 45/SNV-VP",
    ]
    assert changed[4][3:] == ["4.000.000.000 đồng", "4.500.000.000 đồng", "Chưa ghi nguyên nhân"]
    (moved,) = (one for one in document.tables if len(one.columns) == 3)
    assert [[cell.text for cell in row.cells] for row in moved.rows][3:] == [
        ["Trong đó năm 2018", "4.000.000.000", "4.500.000.000"],
        ["Trong đó năm 2019", "500.000.000", "500.000.000"],  # it stayed: the years add up to the sum
        ["Xây dựng một cửa\u00a0– kinh phí năm 2018 (ns) (2)", "4.000.000.000", "4.500.000.000"],
    ]
    assert [cell.text for cell in moved.rows[1].cells] == ["Kinh phí (đồng)"] * 3  # the unit is said once
    lines = [one.text for one in document.paragraphs]
    assert "Có 1 nội dung chỉnh sửa chưa ghi do ý kiến, kết luận hay quyết định nào:" in lines
    assert "- Đợt lấy ý kiến thứ nhất: 2 ý kiến (tiếp thu 1, chưa trả lời 1); 1 nội dung chỉnh sửa." in lines
    assert any(one.startswith("- Số 2, công văn số 45/SNV-VP") and "Chờ ý kiến lãnh đạo" in one for one in lines)
    assert any(one.startswith("Có 2 nội dung kiến trúc thay đổi, gồm: thêm 0 đối tượng, bỏ 0") for one in lines)


def test_what_came_is_told_on_the_side_of_after_and_the_thing_in_every_row(tmp_path: Path) -> None:
    long = "; ".join(f"Mục {number} của ghi chú dài" for number in range(60))
    new = ARCHITECTURE.replace("elements:\n", f'elements:\n  them: {{kind: application, name: Thêm, note: "{long}"}}\n')
    assert new != ARCHITECTURE
    after = architecture(new)
    view = difference(api.diff(architecture(), after), architecture(), after, ("", ""), "vi")
    ((report,), _) = papers(replace(about(new), before=architecture(), compared=view), ("bao-cao-chinh-sua",))
    (table,) = report.annexes[-1].blocks
    assert isinstance(table, Table)
    rows = table.rows
    words = [plain(cell.text) for cell in rows[1]]
    assert words[1:3] == ["Thêm", "Thêm"]
    assert words[3] == "–" and f"ghi chú: {long}" in words[4]
    assert {(cell.columns, cell.rows) for row in rows[1:] for cell in row} == {(1, 1)}


def test_places_of_answers_are_told_in_words_not_in_keys_of_the_format() -> None:
    text = ARCHITECTURE.replace("changed: [mot-cua]", "changed: [{id: mot-cua, fields: [name, owner]}]")
    assert text != ARCHITECTURE
    assert "Tên, chủ quản của “Một cửa điện tử”" in said(named("bang-tiep-thu-7-cot", text))


def test_what_is_no_earlier_version_is_not_compared(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        api.dossier(architecture(), tmp_path / "out", before=architecture(OTHER))
    assert error.value.key == "dossier.unrelated"


def test_text_of_the_data_stands_in_papers_as_it_is(tmp_path: Path) -> None:
    assert "Ghi rõ {author} {{7*7}} #let x = 1 <b>." in said(named("bang-tiep-thu-4-cot"))
    api.dossier(architecture(), tmp_path / "out", only=("bang-tiep-thu-4-cot",))
    page = (tmp_path / "out" / "bang-tiep-thu-4-cot.html").read_text(encoding="utf-8")
    assert "Ghi rõ {author} {{7*7}} #let x = 1 &lt;b&gt;." in page


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Sở Thông tin và Truyền thông", "STTTT"),
        ("Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu", "UBND"),
        ("Sở Khoa học và Công nghệ Thành phố Hồ Chí Minh", "SKHCN"),
    ],
)
def test_a_symbol_bears_the_first_letters_of_its_body(name: str, short: str) -> None:
    assert abbreviation(name) == short


OWN = """\
format: kientruc-wording/1
abbreviations: {so-tttt: STT}
to-trinh:
  opening: "Kính trình {agency}: {architecture}, và {author}."
"""


def test_a_province_may_say_it_in_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "loi-van.yaml"
    path.write_text(OWN, encoding="utf-8")
    made, _ = papers(about(words=path), ("to-trinh",))
    opening = (
        "Kính trình Ủy ban nhân dân tỉnh Mẫu: Kiến trúc Chính quyền điện tử tỉnh Mẫu, và Sở Thông tin và Truyền thông."
    )
    assert opening in said(made[0])
    assert made[0].head.body == "STT"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("opening:", "openin:", "“openin”. Có phải “opening”?"),
        ("{agency}", "{secret}", "{agency}"),
        ("{agency}", "{agency.__class__}", "{agency}"),
        ("{agency}", "{agency", "{agency}"),
        ("kientruc-wording/1", "kientruc-wording/2", "Tệp phải ghi format: kientruc-wording/1"),
        ("to-trinh:", "to-trin:", "“to-trin”. Có phải “to-trinh”?"),
    ],
)
def test_row_31_own_words_that_name_what_is_not_there_are_refused_with_their_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = tmp_path / "loi-van.yaml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as error:
        wording(path)
    assert told in error.value.values["problems"]
    assert "loi-van.yaml:" in error.value.values["problems"]


def test_shipped_words_name_only_what_is_filled_in() -> None:
    for name in NAMES:
        papers(about(), (name,))  # every place is filled, or this raises
    assert set(FACTS) == set(about().facts())
    assert {"to-trinh", "quyet-dinh", "bien-ban", "thong-bao-ket-luan", "bang-tiep-thu"} < set(shipped())


def test_an_architecture_without_hearing_or_rounds_still_has_a_submission() -> None:
    small = ARCHITECTURE[: ARCHITECTURE.index("path:")]
    made, empty = papers(about(small))
    assert [one.id for one in made] == ["to-trinh", "quyet-dinh", "kien-truc", "bao-cao-thuyet-minh", "phieu-luu-y"]
    assert empty == tuple(name for name in NAMES if name not in {one.id for one in made})
    assert "Việc lấy ý kiến bằng văn bản: chưa xác định." in said(made[0])


def test_the_submission_tells_what_is_still_open_and_goals_apart_from_numbers() -> None:
    assert "Còn 1 ý kiến góp ý chưa có ý kiến xử lý." in said(named("to-trinh"))
    goals = "goals: {m: {name: Một kiến trúc, type: objective}, c: {name: Nộp trực tuyến, type: target, year: 2020}}\n"
    told = said(named("to-trinh", ARCHITECTURE + goals))
    assert told.index("Một kiến trúc") < told.index("1 | Nộp trực tuyến | Chưa xác định | 2020")


def test_only_a_body_that_said_nothing_else_is_told_to_agree() -> None:
    both = ARCHITECTURE.replace("so-nv: {position: comments-only", "so-nv: {position: agrees")
    (agreed,) = [line for line in said(named("bang-tiep-thu-4-cot", both)).splitlines() if "thống nhất" in line]
    assert "Sở Tài chính" in agreed and "Sở Nội vụ" not in agreed


def test_the_command_makes_papers_and_tells_wrong_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = tmp_path / "architecture.yaml", str(tmp_path / "out")
    root.write_text(ARCHITECTURE, encoding="utf-8")
    assert run(["dossier", str(root), "-o", out, "--only", "quyet-dinh", "--profile", "nd30-2020"]) == 0
    assert "quyet-dinh.docx (thể thức nd30-2020)" in capsys.readouterr().out
    for wrong in (["--only", "quyet-din"], ["--profile", "nd30"], ["--hearing", "hopp"], ["--issuer", "mayor"]):
        assert run(["dossier", str(root), "-o", out, *wrong]) == 2
    assert "hop" in capsys.readouterr().err


def test_the_command_holds_a_paper_against_a_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api.dossier(architecture(), tmp_path / "out", only=("quyet-dinh",))
    paper = str(tmp_path / "out" / "quyet-dinh.docx")
    assert run(["lint-paper", paper, "--profile", "tt01-2011"]) == 0
    assert run(["lint-paper", paper, "--profile", "nd30-2020", "--lang", "en"]) == 1
    assert "Place of the page number" in capsys.readouterr().out
    assert run(["lint-paper", str(tmp_path / "out" / "quyet-dinh.pdf"), "--profile", "nd30-2020"]) == 3


def test_a_refused_input_leaves_the_papers_as_they_were(tmp_path: Path) -> None:
    root, out = tmp_path / "architecture.yaml", tmp_path / "out"
    root.write_text(ARCHITECTURE, encoding="utf-8")
    assert run(["dossier", str(root), "-o", str(out), "--only", "quyet-dinh"]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    root.write_text(ARCHITECTURE.replace("agency: ubnd", "agency: nobody"), encoding="utf-8")
    assert run(["dossier", str(root), "-o", str(out)]) == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_no_words_are_left_over() -> None:
    files = [*(ROOT / "kientruc" / "views" / "dossier").glob("*.py"), ROOT / "kientruc" / "api" / "paper_drawings.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in files).replace("'", '"')

    def told(key: str) -> str:
        stem = key.removesuffix("_caption").removesuffix("_told").removesuffix("_none")  # a key made of its table's
        return f'"{stem}"'

    assert [f"{name}.{key}" for name, texts in shipped().items() for key in texts if told(key) not in code] == []


def test_a_hearing_of_which_nothing_was_concluded_has_a_notice_with_dots() -> None:
    found = about("""\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}}
hearings: {hop: {name: Cuộc họp, order: 1, date: 2017-09-13}}
""")
    (notice,) = (one for one in papers(found)[0] if one.id == "thong-bao-ket-luan")
    assert "Kết luận của cuộc họp: ……" in said(notice)
