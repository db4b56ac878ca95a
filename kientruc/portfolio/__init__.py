"""Many submissions side by side: one result each, kept in one file, told in pages."""

from kientruc.portfolio.digest import Settings
from kientruc.portfolio.output import spell_json, write
from kientruc.portfolio.pages import pages
from kientruc.portfolio.run import STORE, Line, Portfolio, gathered, read

__all__ = ["STORE", "Line", "Portfolio", "Settings", "gathered", "pages", "read", "spell_json", "write"]
