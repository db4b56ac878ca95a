"""A small architecture with a round, forms exported from it, and another program that fills them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kientruc import api
from kientruc.consultation.filled import read_filled
from kientruc.consultation.taken import Taken, take
from kientruc.loading import Loaded, load

ROOT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, version: "0.2", cut_off: 2017-09-13}
include: ["*.yaml"]
organisations:
  tinh: {name: Tỉnh}
  so-yt: {name: Sở Y tế}
  so-tp: {name: Sở Tư pháp}
components:
  chia-se: {order: 1, name: "Chia sẻ, tích hợp"}
states:
  nay: {role: baseline, name: Nay}
elements:
  lgsp: {kind: platform, name: "Nền tảng chia sẻ, tích hợp dữ liệu", component: chia-se, owner: tinh, states: [nay]}
  mot-cua: {kind: application, name: Một cửa điện tử, treatment: upgrade}
  kin: {kind: data_store, name: Dữ liệu hạn chế, access: restricted, owner: so-yt}
retired:
  cong-cu: {name: Cổng cũ, successor: mot-cua}
  bo-han: {name: Đã bỏ}
"""
ROUNDS = """\
rounds:
  v1:
    name: Vòng một
    order: 1
    bodies: [so-yt, so-tp]
    until: 2017-08-20
"""
LABELS = {
    **{"number": "STT", "id": "Mã góp ý (không sửa)", "body": "Cơ quan góp ý", "passage": "Mã đoạn, mục, hình"},
    **{"about": "Mã phần tử", "quote": "Nội dung dự thảo", "text": "Nội dung góp ý", "proposal": "Đề xuất sửa thành"},
    **{"grounds": "Căn cứ", "person": "Người góp ý", "date": "Ngày góp ý", "letter": "Số văn bản"},
    **{"position": "Quan điểm chung", "answer_letter": "Số văn bản trả lời", "answer_date": "Ngày văn bản trả lời"},
}
Value = str | int | date


@dataclass
class Form:
    """A form in the hands of another program."""

    path: Path
    book: Workbook

    @property
    def sheet(self) -> Worksheet:
        found = self.book.worksheets[0]
        assert isinstance(found, Worksheet)
        return found

    @property
    def heading(self) -> int:
        return next(row[0].row for row in self.sheet.iter_rows() if row[0].value == LABELS["number"])

    def column(self, key: str) -> int:
        cells = self.sheet[self.heading]
        return next(cell.column for cell in cells if cell.value == LABELS[key])

    def head(self, **values: Value) -> Form:
        """Fill what stands above the table."""
        for key, value in values.items():
            row = next(row[0].row for row in self.sheet.iter_rows() if row[0].value == LABELS[key])
            self.sheet.cell(row, self.column("about"), value)
        return self

    def put(self, number: int, **values: Value | None) -> Form:
        """Fill the row with this number."""
        for key, value in values.items():
            self.sheet.cell(self.heading + number, self.column(key)).value = value
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

    def load(self) -> Loaded:
        return load(self.root)

    def form(self, body: str = "so-yt", joint: bool = False) -> Form:
        architecture = self.load().architecture
        assert architecture
        ((name, data),) = api.comment_forms(architecture, "v1", "" if joint else body, "vi", joint).items()
        return Form(self.folder / name, load_workbook(io.BytesIO(data)))

    def take(self, *forms: Path, write: bool = True, round: str = "", body: str = "", into: str = "") -> Taken:
        taken = take(self.root, self.load(), [read_filled(path) for path in forms], round, body, into)
        if write:
            taken.patch.write(self.folder)
        return taken

    def comments(self) -> Mapping[str, dict[str, Any]]:
        architecture = self.load().architecture
        assert architecture, self.load().findings
        hidden = {"id", "origin"}
        records = architecture.records["comments"].items()
        return {id: one.model_dump(mode="json", exclude_defaults=True, exclude=hidden) for id, one in records}

    def add(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


def told(taken: Taken) -> list[str]:
    """Give each finding with its cell."""
    return [f"{finding.code} {getattr(finding.span, 'cell', '')}".strip() for finding in taken.findings]


@pytest.fixture
def province(tmp_path: Path) -> Province:
    found = Province(tmp_path)
    found.add("architecture.yaml", ROOT)
    found.add("vong.yaml", ROUNDS)
    return found
