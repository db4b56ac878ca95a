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
class ArchiveLimits:
    """Budgets of a ZIP, beside the size of its file."""

    entries: int = 2_000  # files in it
    inflated: int = 64 * MIB  # bytes of all of them
    ratio: int = 100  # of a file in it above 1 MiB to what it takes in the ZIP


@dataclass(frozen=True, slots=True)
class WorkbookLimits(ArchiveLimits):
    """Budgets of one workbook: of all its sheets together, for many sheets cost as much as a long one."""

    depth: int = 64  # of XML
    tags: int = 2_500_000  # elements of XML in all parts
    definitions: int = 100_000  # elements of XML in a part that is neither a sheet nor the texts of cells
    texts: int = 200_000  # shared by cells
    sheets: int = 100
    rows: int = 50_000
    columns: int = 256  # of a sheet
    cells: int = 500_000  # written, or to the left of one that is
    merged: int = 5_000
    characters: int = 32 * MIB  # of the texts of all cells, as often as each stands in one
    cell: int = 32_767  # characters: what spreadsheet programs hold


WORKBOOK = WorkbookLimits()
