"""The table of outcomes as CSV: UTF-8 with mark, CRLF, one record a line, nothing a spreadsheet would compute."""

from __future__ import annotations

import csv
import io

from kientruc.renderers.escapes import no_formula, one_line
from kientruc.views.outcome_table import COLUMNS, Cell, loading_rows, rows
from kientruc.views.outcomes import Results


def render(results: Results) -> bytes:
    """Spell findings of loading, then outcomes, under column names that are the same in every language."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in (*loading_rows(results), *rows(results)):
        writer.writerow(tuple(_cell(cell) for cell in row))
    return stream.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> Cell:
    return cell if isinstance(cell, int) else no_formula(one_line(cell))
