"""How large and how deep an input may be; an operator may raise the limits, an input never."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one load. Sizes are in bytes on disk, lengths in characters, the rest are counts."""

    file_bytes: int = 16 * MIB
    total_bytes: int = 64 * MIB
    files: int = 5_000
    depth: int = 32
    nodes: int = 1_000_000  # in one file; no file of 16 MiB that people write comes near
    scalar: int = 64 * 1024
    key: int = 200
    include_depth: int = 8
    elements: int = 200_000
    relations: int = 1_000_000
    findings: int = 1_000  # kept of each weight, the rest are counted


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """Budgets of one workbook, beside the size of its file."""

    entries: int = 2_000  # files in the zip
    inflated: int = 64 * MIB  # bytes of all of them
    ratio: int = 100  # of a file in it above 1 MiB to what it takes in the zip
    depth: int = 64  # of XML
    texts: int = 200_000  # shared by cells
    sheets: int = 100
    rows: int = 50_000  # of a sheet, as the next three
    columns: int = 256
    cells: int = 500_000
    merged: int = 5_000
    cell: int = 32_767  # characters: what spreadsheet programs hold


WORKBOOK = WorkbookLimits()
