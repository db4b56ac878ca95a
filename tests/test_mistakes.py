"""Mistakes on the command line: each is told with what is allowed, in both languages, and nothing is written."""

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
