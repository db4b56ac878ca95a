"""A small architecture that is surveyed, and another program that fills its forms in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kientruc import api
from kientruc.intake.survey_changes import Surveyed
from kientruc.loading import Loaded, load
from kientruc.messages import text

ROOT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: qgs-1425, version: "0.2", cut_off: 2026-09-13}
include: ["*.yaml"]
sources:
  ra-soat: {kind: official, title: Báo cáo rà soát}
organisations:
  tinh: {name: Tỉnh Mẫu}
  so-yt: {name: Sở Y tế}
  so-tp: {name: Sở Tư pháp}
states:
  nay: {role: baseline, name: Hiện trạng}
  sau: {role: target, name: Mục tiêu}
retired:
  benh-an-cu: {name: Bệnh án cũ, successor: benh-an}
  bo-han: {name: Đã bỏ}
"""
ELEMENTS = """\
# giữ nguyên mọi chú thích
elements:
  lgsp: {kind: platform, name: "Nền tảng chia sẻ (LGSP)", owner: tinh, states: [nay, sau]}
  benh-an:   # của ngành y tế
    kind: application
    name: Bệnh án điện tử
    owner: so-yt
    operator: {unknown: chưa rõ, ask: so-yt, by: 2026-12-31}
    security_level: 2
    source: ra-soat
    certainty: assumed
    states: [nay, sau]
    treatment: keep
    sends:
      - {to: lgsp, payload: Hồ sơ, protocol: {unknown: chưa khảo sát, ask: so-yt}}
  kho-yt: {kind: data_store, name: Kho dữ liệu y tế, owner: so-yt, operator: so-tp, quantity: {value: 860, unit: hồ sơ}}
  kin: {kind: data_store, name: Dữ liệu hạn chế, access: restricted, owner: so-tp, operator: so-yt}
tasks:
  nang-cap: {name: Nâng cấp, due: {unknown: chưa định, ask: so-yt}}
"""
Value = str | int | float | date | None


@dataclass
class Form:
    """A survey in the hands of another program."""

    path: Path
    book: Workbook
    lang: str = "vi"
    sheets: dict[str, Worksheet] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in ("cover", "systems", "links", "questions"):
            self.sheets[key] = self.book[text(f"survey.sheet-{key}", self.lang)]

    def heading(self, table: str) -> int:
        cells = (row[0] for row in self.sheets[table].iter_rows())
        return next(cell.row for cell in cells if cell.value == text("survey.number", self.lang))

    def column(self, table: str, key: str) -> int:
        words = text(f"survey.{key}", self.lang)
        return next(cell.column for cell in self.sheets[table][self.heading(table)] if cell.value == words)

    def row(self, table: str, key: str) -> int:
        """Give the row with a hidden key; of "" the first empty one."""
        sheet, column = self.sheets[table], self.column(table, "id")
        for row in range(self.heading(table) + 1, sheet.max_row + 1):
            found = str(sheet.cell(row, column).value or "")
            if found.startswith(key) if key else not (found or sheet.cell(row, 2).value):
                return row
        raise AssertionError(key)

    def at(self, table: str, key: str, column: str) -> Any:
        return self.sheets[table].cell(self.row(table, key), self.column(table, column))

    def put(self, table: str, key: str, **values: Value) -> Form:
        """Fill cells of the row with a key, or of the first empty one."""
        row = self.row(table, key)
        for name, value in values.items():
            self.sheets[table].cell(row, self.column(table, name)).value = value
        return self

    def head(self, **values: Value) -> Form:
        """Fill what stands on the cover."""
        for key, value in values.items():
            words = text(f"survey.{key}", self.lang)
            row = next(row[0].row for row in self.sheets["cover"].iter_rows() if row[0].value == words)
            self.sheets["cover"].cell(row, 2).value = value
        return self

    def save(self, name: str = "") -> Path:
        path = self.path.with_name(name) if name else self.path
        self.book.save(path)
        return path


@dataclass
class Province:
    """An architecture on disk."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "architecture.yaml"

    @classmethod
    def made(cls, folder: Path) -> Province:
        (folder / "architecture.yaml").write_text(ROOT, encoding="utf-8")
        (folder / "thanh-phan.yaml").write_text(ELEMENTS, encoding="utf-8")
        return cls(folder)

    def load(self) -> Loaded:
        return load(self.root)

    def form(self, body: str = "so-yt", lang: str = "vi") -> Form:
        architecture = self.load().architecture
        assert architecture, self.load().findings
        ((name, data),) = api.survey_forms(architecture, body, lang).items()
        return Form(self.folder / name, load_workbook(io.BytesIO(data)), lang)

    def take(self, *forms: Path, write: bool = True, body: str = "", into: Path | None = None) -> Surveyed:
        taken, _ = api.take_surveys(self.root, self.load(), forms, body, into)
        if write:
            taken.patch.write(self.folder)
        return taken

    def files(self) -> Mapping[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.glob("*.yaml")}

    def change(self, old: str, new: str) -> None:
        path = self.folder / "thanh-phan.yaml"
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new), encoding="utf-8")


def told(taken: Surveyed) -> list[str]:
    """Give each finding with its cell."""
    return [f"{finding.code} {getattr(finding.span, 'cell', '')}".strip() for finding in taken.findings]
