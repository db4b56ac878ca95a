"""The commands: forms out, a patch shown, then written; exit codes; nothing replaced that somebody filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc.cli import run
from tests.consultation.conftest import Province


def test_export_import_list_in_one_go(province: Province, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(province.root)
    assert run(["comments", "export", root, "-o", str(province.folder / "phieu")]) == 0
    form = province.form().head(position="Đồng ý").put(1, about="lgsp", text="Làm rõ")
    path = str(form.save("da-dien.xlsx"))
    capsys.readouterr()
    assert run(["comments", "import", path, "--model", root]) == 0
    shown = capsys.readouterr()
    assert "+    text: Làm rõ" in shown.out
    assert "Sẽ ghi 1 góp ý và 1 trả lời" in shown.err
    assert province.comments() == {}
    assert run(["comments", "import", path, "--model", root, "--apply"]) == 0
    assert run(["comments", "import", path, "--model", root, "--apply", "--lang", "en"]) == 0
    assert "Nothing is new: 1 comments" in capsys.readouterr().out
    assert run(["comments", "list", root, "--open"]) == 0
    assert "Chưa có kết luận xử lý" in capsys.readouterr().out
    assert run(["comments", "list", root, "--to", str(province.folder / "bang.xlsx")]) == 0
    assert (province.folder / "bang.xlsx").read_bytes()[:2] == b"PK"


def test_a_remark_names_file_sheet_and_cell_and_what_to_do(
    province: Province, capsys: pytest.CaptureFixture[str]
) -> None:
    path = province.form().put(1, text="=1+1").save("a.xlsx")
    assert run(["comments", "import", str(path), "--model", str(province.root), "--apply"]) == 1
    found = capsys.readouterr().err
    assert f"{path.as_posix()} [Góp ý!E13]: lỗi X-FORMULA: Ô E13 là công thức “=1+1”" in found
    assert "cách sửa: Ghi giá trị thay cho công thức" in found


def test_hostile_files_end_with_3_and_missing_ones_with_2(
    province: Province, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = str(tmp_path_factory.mktemp("ngoai") / "ngoai.yaml")
    model = ["--model", str(province.root)]
    (province.folder / "x.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert run(["comments", "import", str(province.folder / "x.xlsx"), *model]) == 3
    assert run(["comments", "import", str(province.folder / "y.xlsx"), *model]) == 2
    assert run(["comments", "import", str(province.form().save()), *model, "--into", outside]) == 2


def test_a_form_that_somebody_saved_is_not_replaced(province: Province) -> None:
    out = province.folder / "phieu"
    export = ["comments", "export", str(province.root), "-o", str(out)]
    assert (run(export), run(export)) == (0, 0)
    form = province.form().put(1, text="Một")
    form.path = out / form.path.name
    saved = form.save().read_bytes()
    assert run(export) == 3
    assert Path(form.path).read_bytes() == saved
