"""Forms that come back full of what nobody would write: many rows, codes and names, each told once and soon."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from kientruc import api, atomic
from kientruc.cli import run
from kientruc.loading import load_text
from tests.consultation.conftest import LABELS, ROOT, ROUNDS

HEADING = [LABELS[key] for key in ("number", "about", "text", "proposal")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "vong.yaml").write_text(ROUNDS, encoding="utf-8")
    (tmp_path / "architecture.yaml").write_text(ROOT, encoding="utf-8")
    return tmp_path / "architecture.yaml"


def form(root: Path, rows: list[list[str]]) -> Path:
    path = root.with_name("phieu.xlsx")
    with Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Góp ý")
        for number, row in enumerate([HEADING, *rows]):
            sheet.write_row(number, 0, row)
    return path


def took(root: Path, rows: list[list[str]], seconds: float) -> int:
    """Import a form, within seconds; give the exit code."""
    command = ["comments", "import", str(form(root, rows)), "--model", str(root), "--round", "v1", "--body", "so-yt"]
    start = time.process_time()
    code = run(command)
    assert time.process_time() - start < seconds
    return code


def test_rows_without_a_number_get_one_each(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert took(root, [["", "lgsp", f"Lời {number}", ""] for number in range(3_000)], 6) == 0
    shown = capsys.readouterr()
    assert shown.out.count("\n+    text: Lời ") == 3_000
    assert "3000 góp ý" in shown.err


@pytest.mark.parametrize(("code", "count"), [("lgsp", 1), ("khong-co-{}", 201)])
def test_one_cell_of_thousands_of_codes_is_told_once(
    root: Path, capsys: pytest.CaptureFixture[str], code: str, count: int
) -> None:
    assert took(root, [["1", ";".join(code.format(number) for number in range(2_000)), "x", ""]], 2) == 1
    shown = capsys.readouterr()
    assert f"Chưa nhận góp ý nào: có {count} điều" in shown.err
    assert ("C-MANY" in shown.err) is (count == 1)  # of many findings the first are shown
    assert shown.out == ""


@pytest.mark.thorough
def test_after_1_000_blockers_no_row_is_looked_at_and_that_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert took(root, [["", f"khong-co-{number}", f"Lời {number}", ""] for number in range(20_000)], 5) == 1
    error = capsys.readouterr().err
    assert "Chưa nhận góp ý nào: có 1002 điều" in error
    assert "… và 902 chỗ nữa" in error


@pytest.mark.thorough
def test_one_text_that_20_000_cells_share_is_weighed_as_often(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert took(root, [["", "", "x" * 32_000, ""]] * 20_000, 4) == 3
    assert "X-LIMIT" in capsys.readouterr().err


@pytest.mark.thorough
def test_names_that_are_all_new_or_all_alike_take_no_time_of_each_other(tmp_path: Path) -> None:
    architecture = load_text(ROOT.replace('include: ["*.yaml"]\n', "")).architecture
    assert architecture
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(api.form_workbook(architecture)))
    sheet = book["DM_DOITUONG"]
    heads = [str(cell.value) for cell in sheet[2]]
    usual = [cell.value for cell in sheet[3]]
    sheet.delete_rows(3, sheet.max_row)
    for number in range(2_000):
        row = dict(zip(heads, usual, strict=True))
        row[heads[0]] = f"{'x' * 60}{number}"  # ids are shorter than that
        row["Tên đối tượng *"], row["Cơ quan chủ quản *"] = f"Tên {number}", f"Cơ quan {number}"
        sheet.append(list(row.values()))
    book.save(tmp_path / "a.xlsx")
    from datetime import date

    start = time.process_time()
    made = api.receive_form(tmp_path / "a.xlsx", cut_off=date(2026, 1, 1))
    assert time.process_time() - start < 8
    assert made.architecture
    assert len(made.architecture.records["organisations"]) > 2_000


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (["comments", "export"], ["phieu/gop-y-v1-so-tp.xlsx", "phieu/gop-y-v1-so-yt.xlsx"]),
        (["export", "matrices"], ["phieu/matrices.html", "phieu/matrices.xlsx"]),
    ],
)
def test_row_55_of_several_outputs_all_are_written_or_none(
    root: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], written: list[str]
) -> None:
    out = root.parent / "phieu"
    asked, flush = [*command, str(root), "-o", str(out)], atomic.flush
    told: list[Path] = []

    def full(path: Path, data: bytes) -> None:
        told.append(path)
        flush(path, data[: len(data) // len(told)])
        if len(told) == 2:
            raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(atomic, "flush", full)
    assert run(asked) == 3
    assert len(told) == 2
    assert list(out.iterdir()) == []
    monkeypatch.setattr(atomic, "flush", flush)
    assert run(asked) == 0
    assert sorted(path.relative_to(root.parent).as_posix() for path in out.iterdir()) == written
