"""How large a ZIP, and a workbook in one, may be; most commands read neither."""

from __future__ import annotations

from dataclasses import dataclass

from kientruc.reading.limits import MIB


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
BUNDLE = ArchiveLimits(entries=10_000, inflated=128 * MIB)  # lines of the contents of workbooks in it count too
