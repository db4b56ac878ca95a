"""What a plain YAML scalar means: the 1.2 core schema, narrowed until no text changes its meaning in silence."""

from __future__ import annotations

import re
from decimal import Decimal

MAX_INT = 2**53 - 1  # what JSON readers keep exactly (RFC 8785, section 3.2.2.3)
AMBIGUOUS = frozenset(
    form for word in ("yes", "no", "on", "off", "y", "n") for form in (word, word.capitalize(), word.upper())
)
_WORDS: dict[str, bool | None] = {"null": None, "Null": None, "NULL": None, "~": None, "": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WORDS = AMBIGUOUS | _WORDS.keys()
FIRST = frozenset("-+.0123456789")  # how a plain scalar begins that may be a number; all but these and WORDS is text
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+|\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,20})\.[0-9]{1,20}")

Scalar = str | int | bool | Decimal | None


class TooLarge(ValueError):
    """An integer beyond plus or minus 2^53 - 1."""


class NoPlainNumber(ValueError):
    """An exponent, an infinity or not-a-number: a number to some readers; to all, one that compares badly."""


def plain(text: str) -> Scalar:
    """Give the value of a plain scalar.

    Numbers with a leading zero, an underscore or a colon stay text, and so do dates until a field types them.

    Raises:
        TooLarge: a well-formed integer that not every reader of JSON keeps.
        NoPlainNumber: a float in another form than plain digits.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in FIRST:
        return text
    if _INT.fullmatch(text):
        if len(text) > 17 or abs(value := int(text)) > MAX_INT:
            raise TooLarge(text)
        return value
    if len(text) < 44 and _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _FLOAT.fullmatch(text):
        raise NoPlainNumber(text)
    return text
