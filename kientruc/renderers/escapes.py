"""Text on its way into other formats: nothing invisible, one line, no markup, no formula."""

from __future__ import annotations

import re

from kientruc.reading.characters import FORBIDDEN

_SPACES = re.compile(r"\s+")
_MARKUP = re.compile(r"[\\`*_\[\]#|~^$]|(?<=www)\.|:(?=//)")
_CALLS = re.compile(r"[@#!&%~](?=\w)")  # a name must not call a user, an issue, a merge request, an epic, a label
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_BACKTICKS = re.compile(r"`+")
_FORMULA = re.compile("(^|[,;\"'|\t\r\n])([^\\S\t\r\n]*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r])")
_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\w*\[)")


def clean(text: str) -> str:
    """Replace each control, invisible or non-character by U+FFFD: what is left is text of XML 1.0."""
    return FORBIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Clean a text and draw it into one line."""
    return clean(_SPACES.sub(" ", text)).strip()


def log_line(text: str) -> str:
    """Draw a text into one physical line of a log in which no build runner finds a command: `::error`, `##[`."""
    line = clean(text.replace("\r", " ").replace("\n", " "))
    return _COMMAND.sub(lambda match: match.group()[:-1] + "\ufffd", line)


def markdown(text: str) -> str:
    """Spell a text for GitHub's and GitLab's Markdown, anywhere but at the start of a line: it looks as it reads.

    What our sentences put between backticks becomes code; whatever a name puts there is as dead as the rest.
    """
    parts = _CODE.split(one_line(text))  # plain text and code take turns
    return "".join(markdown_code(part) if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    safe = _CALLS.sub(lambda match: match.group() + "\u2060", text)
    safe = _MARKUP.sub(lambda match: "\\" + match.group(), safe)
    return safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def markdown_code(text: str) -> str:
    """Spell a text as code in a cell of Markdown; a bar in it is escaped as tables want it."""
    line = one_line(text).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(line)), default=0))
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else ""


def no_formula(text: str) -> str:
    """Put an apostrophe before whatever a spreadsheet could take for a formula.

    Also after a separator or a quote: a program that splits the line elsewhere sees the beginning of a cell there.
    """
    return _FORMULA.sub(r"\1\2'", text)
