"""A finished DOCX held against its format: what departs from it, with the article that says so."""

from __future__ import annotations

from kientruc.linting.deviation import Deviation
from kientruc.linting.page_rules import page_rules
from kientruc.linting.part_rules import part_rules
from kientruc.linting.text_rules import role_of, text_rules
from kientruc.linting.word import PACKED, NotADocument, opened
from kientruc.renderers.document.profile import Profile

__all__ = ["PACKED", "Deviation", "NotADocument", "lint_docx"]


def lint_docx(data: bytes, profile: Profile) -> tuple[Deviation, ...]:
    """Read a finished DOCX back and hold it against a format.

    Returns:
        Every departure, pages first, then text, then parts.
    Raises:
        NotADocument: it cannot be read safely.
    """
    word = opened(data)
    roles = {one.number: role_of(one, profile) for one in word.paragraphs}
    return (*page_rules(word, profile), *text_rules(word, profile), *part_rules(word, roles, profile))
