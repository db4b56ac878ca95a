"""Mistakes on the command line: each is told with what is allowed, in both languages, and nothing is written."""

import re
from pathlib import Path

import pytest

from kientruc.cli import run

MODEL = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: qgs-1425, cut_off: 2026-10-01, version: "0.2"}
organisations: {so: {name: Sở A}}
components: {du-lieu: {name: Dữ liệu, order: 1}}
elements: {kho: {kind: data_store, name: Kho, owner: so, component: du-lieu}}
rounds:
  dot-1: {name: Đợt 1, opened: 2026-09-01, bodies: [so]}
  dot-2: {name: Đợt 2, opened: 2026-09-20, bodies: [so]}
"""
MISTAKES = {
    "check --edition qgs-1426": ("Có phải “qgs-1425”?", "Did you mean “qgs-1425”?"),
    "check --only Q-XX-99": ("“Q-XX-99” trong khung đang đối chiếu.", "requirement “Q-XX-99”."),
    "view component-du-lie": ("Có phải “component-du-lieu”?", "Did you mean “component-du-lieu”?"),
    "view component-hop-1": ("“component-hop-1”. Các sơ đồ:", "“component-hop-1”. Pictures:"),
    "view layered --to x.jpg": (
        "“.jpg”. Dùng đuôi: svg, png, pdf",
        "“.jpg” cannot be written. Suffixes: svg, png, pdf",
    ),
    "view layered --to no/x.svg": ("Không có thư mục “no”.", "There is no folder “no”."),
    "export mau03 -o x.pdf": ("“.pdf”. Dùng đuôi: xlsx.", "“.pdf” cannot be written. Suffixes: xlsx."),
    "export mau03 -o no/x.xlsx": ("Không có thư mục “no”.", "There is no folder “no”."),
    "export matrices -o no/x.xlsx": ("Không có thư mục “no”.", "There is no folder “no”."),
    "status --to x.doc": ("“.doc”. Dùng đuôi: txt, json, md.", "“.doc” cannot be written. Suffixes: txt, json, md."),
    "status --to no/x.md": ("Không có thư mục “no”.", "There is no folder “no”."),
    "migrate --to cpdt-3.0 -o x.pdf": ("“.pdf”. Dùng đuôi: txt, md, json.", "Suffixes: txt, md, json."),
    "comments list --to x.doc": ("“.doc”. Dùng đuôi: txt, json, md, xlsx.", "Suffixes: txt, json, md, xlsx."),
    "comments export -o phieu": ("Có nhiều đợt lấy ý kiến: dot-1, dot-2.", "There are several rounds: dot-1, dot-2."),
    "comments list --round dot-9": ("Có phải “dot-1”?", "Did you mean “dot-1”?"),
    "ask ending --by 2027-2-31": ("--by: “2027-2-31”", "--by: “2027-2-31”"),
    "ask unknown --by 31/12/2027": ("--by: “31/12/2027”", "--by: “31/12/2027”"),
    "view layered --layout x.txt --to x.svg": ("“.txt”. Dùng đuôi: json.", "“.txt” cannot be written. Suffixes: json."),
    "view layered --layout no/x.json --to x.svg": ("Không có thư mục “no”.", "There is no folder “no”."),
    "views --before nowhere": ("Không có tệp hay thư mục “nowhere”.", "There is no file or folder “nowhere”."),
    "deck -o x.docx": ("“.docx”. Dùng đuôi: pptx, pdf.", "“.docx” cannot be written. Suffixes: pptx, pdf."),
    "deck -o no/x.pptx": ("Không có thư mục “no”.", "There is no folder “no”."),
    "bundle -o architecture.yaml": ("“.yaml”. Dùng đuôi: zip.", "“.yaml” cannot be written. Suffixes: zip."),
    "bundle -o x.zip --with reprot": ("“reprot”. Dùng: report, views, dossier.", "Use: report, views, dossier."),
    "verify .": ("“.” là một thư mục", "“.” is a folder"),
    "verify no.zip": ("Không có tệp “no.zip”.", "There is no file “no.zip”."),
    "keys new -o no/k": ("Không có thư mục “no”.", "There is no folder “no”."),
    "review . -o ./out": ("Kết quả không ghi vào trong hồ sơ nhận được “.”.", "not written into the submission “.”."),
    "review no -o out": ("Không có tệp “no”.", "There is no file “no”."),
    "portfolio no -o out": ("Không có thư mục “no”.", "There is no folder “no”."),
    "portfolio . -o .": ("chọn thư mục khác, có thể nằm trong đó.", "choose another folder, it may lie in there."),
    "export survey -o x.docx --for so": ("“.docx”. Dùng đuôi: xlsx.", "“.docx” cannot be written. Suffixes: xlsx."),
    "export survey -o x.xlsx": ("cần --for CƠ-QUAN", "For one file name the body with --for"),
    "diff architecture.yaml architecture.yaml --component so": (
        "Không có thành phần “so”. Các thành phần: du-lieu.",
        "There is no component “so”. Components: du-lieu.",
    ),
    "diff architecture.yaml . --as-of 31/12/2026": ("--as-of: “31/12/2026”", "--as-of: “31/12/2026”"),
    "views --access secret": ("“secret”. Dùng: public, internal, restricted.", "Use: public, internal, restricted."),
    "import mau03 m.xlsx -o new --cut-off abc": ("--cut-off: “abc”", "--cut-off: “abc”"),
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_is_wrong_usage_and_writes_nothing(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for lang, words in zip(("vi", "en"), MISTAKES[line], strict=True):
        monkeypatch.setenv("KIENTRUC_LANG", lang)
        assert run(line.split()) == 2
        told = capsys.readouterr()
        assert words in told.err
        assert told.err.count("\n") == 1
        assert told.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["architecture.yaml"]


def test_a_form_that_is_no_workbook_is_refused_and_no_change_is_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "m.xlsx").write_text("a", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["import", "mau03", "m.xlsx", "--into", "architecture.yaml", "--apply"]) == 3
    told = capsys.readouterr().err
    assert "m.xlsx: lỗi X-NOTXLSX" in told
    assert "Chưa ghi gì" in told and "giá trị" not in told
    assert (tmp_path / "architecture.yaml").read_text(encoding="utf-8") == MODEL


def test_who_has_no_round_is_told_where_to_declare_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL.partition("rounds:")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["comments", "export", "-o", "phieu"]) == 2
    assert "`rounds`" in capsys.readouterr().err


OTHER = "format: kientruc/1\narchitecture: {id: khac, name: Khác, agency: x, edition: qgs-1425, cut_off: 2026-10-01}\n"


@pytest.mark.parametrize("line", ["view layered", "views", "deck", "show kho"])
def test_an_earlier_version_of_another_architecture_is_refused(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "khac.yaml").write_text(f"{OTHER}organisations: {{x: {{name: X}}}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run([*line.split(), "--before", "khac.yaml"]) == 2
    assert "mã là “khac”, ở đây là “mau”" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("name", ["note.json", "architecture.json"])
def test_a_file_that_remembers_no_places_stays_and_nobody_is_told_to_delete_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / name).write_text('{"a": 1}', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["view", "layered", "--layout", name, "--to", "x.svg"]) == 3
    assert "Dùng tên tệp khác cho --layout" in capsys.readouterr().err
    assert (tmp_path / name).read_text(encoding="utf-8") == '{"a": 1}'
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "đã có một tệp mang tên đó"), ("en", "a file of that name is there")]
)
def test_what_the_system_refuses_is_told_in_the_users_language(
    lang: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "ghi-chu.txt").write_text("a", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["views", "-o", "ghi-chu.txt", "--lang", lang]) == 3
    told = capsys.readouterr().err
    assert words in told and "File exists" not in told


def test_what_is_no_bundle_is_told_without_the_words_of_the_zip_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.zip").write_text("a", encoding="utf-8")
    assert run(["verify", str(tmp_path / "a.zip")]) == 3
    told = capsys.readouterr().out
    assert "B-ZIP: Không đọc được gói: đây không phải một tệp ZIP còn nguyên vẹn." in told
    assert "zip file" not in told


def test_a_folder_without_submissions_is_no_portfolio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nop").mkdir()
    (tmp_path / "ghi-chu.txt").write_text("a", encoding="utf-8")
    assert run(["portfolio", "nop", "-o", "out"]) == 2
    assert "Trong “nop” không có hồ sơ nào" in capsys.readouterr().err
    assert run(["portfolio", "ghi-chu.txt", "-o", "out"]) == 3
    assert "không phải do kientruc portfolio ghi" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_gallery_counts_only_files_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["views", "-o", "hinh"]) == 0
    (tmp_path / "architecture.yaml").write_text(MODEL.replace(", component: du-lieu", ""), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (tmp_path / "hinh").iterdir()}
    capsys.readouterr()
    assert run(["views", "-o", "hinh"]) == 0
    after = {path.name: path.read_bytes() for path in (tmp_path / "hinh").iterdir() if path.name != "manifest.json"}
    assert before.keys() - after.keys() > {"manifest.json"}  # pictures of the component that is gone
    told = re.findall(r"\d+(?= tệp)", capsys.readouterr().out)
    assert told == [str(len(after)), str(sum(before.get(name) != data for name, data in after.items()))]


def test_a_file_of_the_same_name_with_another_suffix_is_named_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.yaml", "architecture.yml", "architecture.yaml.txt", "other.txt"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 2
    assert "ở đó có “architecture.yaml.txt”: đổi tên thành architecture.yaml" in capsys.readouterr().err


def test_a_code_is_explained_however_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "m-ref"]) == 0
    assert capsys.readouterr().out.startswith("M-REF\n")


def test_what_is_on_trial_is_called_so_and_cites_no_document_that_orders_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "architecture.yaml").write_text(
        """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13, basis: [tt-39]}
organisations: {so: {name: Sở A}}
legal: {tt-39: {number: 39/2017/TT-BTTTT, title: Danh mục tiêu chuẩn kỹ thuật}}
""",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 0
    told = capsys.readouterr().out
    assert ": thử nghiệm C10-PL-01: " in told and "lỗi C10" not in told
    assert "13/2017" not in told


def test_how_sure_it_is_who_acts_and_that_a_step_is_done_is_told_by_status_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    step = "path: {b: {name: Họp, order: 1, actor: {value: so, certainty: derived}, state: done}}\n"
    (tmp_path / "architecture.yaml").write_text(MODEL + step, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["status"]) == 0
    told = capsys.readouterr().out
    assert "Họp: đã xong." in told and "Người thực hiện: Sở A (suy ra)" in told
