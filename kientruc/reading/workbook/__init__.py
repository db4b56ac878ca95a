"""Workbooks of strangers (.xlsx): what is inside is weighed before a library reads it, nothing in it is computed."""

from kientruc.reading.workbook.cells import Cell, Sheet, Workbook, read
from kientruc.reading.workbook.table import Column, Row, Table, find_table, fold

__all__ = ["Cell", "Column", "Row", "Sheet", "Table", "Workbook", "find_table", "fold", "read"]
