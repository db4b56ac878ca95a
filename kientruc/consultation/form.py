"""The form for comments: its columns, its words and the keys hidden in it; whoever writes or reads one asks here."""

from __future__ import annotations

from typing import get_args

from kientruc.messages import LANGUAGES, text
from kientruc.model.approval import Answer
from kientruc.reading.workbook import Column, fold

FORM = "kientruc-comments/1"
SHEET = "_kientruc"  # the hidden sheet of keys
TABLE = "kientruc_comments"  # the name of the table's heading; it goes with the sheet when that is renamed
CODES = "kientruc_codes"  # the name of the heading of the codes
# What the form says of itself: which architecture, which version of it, for whom.
KEYS = ("form", "architecture", "version", "model", "round", "body")
COLUMNS = (
    *("number", "id", "body", "passage", "about", "quote", "text", "proposal", "grounds", "person", "date", "letter"),
)
REQUIRED = ("about", "text")
CODE_COLUMNS = ("code", "code_name")
HEAD = ("position", "answer_letter", "answer_date")  # what is asked once, above the table
POSITIONS: tuple[str, ...] = get_args(Answer.model_fields["position"].annotation)
DASH = " – "


def words(key: str) -> tuple[str, ...]:
    """Give what a part of the form is called, in each language."""
    return tuple(text(f"form.{key}", lang) for lang in LANGUAGES)


def columns() -> tuple[Column, ...]:
    """Give the columns of the table, to find them by."""
    return tuple(Column(key, words(key), key in REQUIRED) for key in COLUMNS)


def code_columns() -> tuple[Column, ...]:
    """Give the columns of the codes, to find them by."""
    return tuple(Column(key, words(key), True) for key in CODE_COLUMNS)


def position(found: str) -> str:
    """Read a position from its words in any language, or its code; "" for what is none."""
    known = {fold(words): code for code in POSITIONS for words in (code, *position_words(code))}
    return known.get(fold(found), "")


def position_words(code: str) -> tuple[str, ...]:
    """Give what a position is called, in each language."""
    return tuple(text(f"position.{code}", lang) for lang in LANGUAGES)


def prefix(round: str, body: str) -> str:
    """Give how the ids of a body's comments in a round begin."""
    return f"gy-{round}-{body}-"


def label(code: str, name: str) -> str:
    """Write a code with its name, as lists to choose from have it; a semicolon would end it."""
    return f"{code}{DASH}{' '.join(name.replace(';', ',').split())}"
