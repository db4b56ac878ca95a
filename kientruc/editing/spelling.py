"""Values as YAML text: of the spellings people like, the first that is read back as the same value."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import yaml
from yaml.resolver import Resolver

from kientruc.editing.places import is_flow
from kientruc.finding import Severity
from kientruc.reading import tree
from kientruc.reading.characters import nfc
from kientruc.reading.limits import DEFAULT
from kientruc.reading.scalars import Scalar
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile

STEP = 2  # columns of indent that a level adds, where nothing beside it shows another
WIDTH = 120  # columns; what would be wider goes to lines of its own
WRAP = 100
_STR, _TIMESTAMP = "tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"  # a day is written bare in this house


class Spelt(NamedTuple):
    """A value in block context: what stands behind its key or dash, and the lines below, indented from their own 0."""

    inline: str
    below: tuple[str, ...] = ()


class Unwritable(ValueError):
    """No spelling of this value is read back as the same value."""


def tidy(value: object) -> object:
    """Give a value as the reader would: composed text, days as text, plain lists and dicts.

    Raises:
        Unwritable: it is no value of the format.
    """
    match value:
        case None | bool() | int() | Decimal():
            return value
        case str():
            return nfc(str(value))
        case date():
            return value.isoformat()
        case Mapping():
            return {nfc(str(key)): tidy(inner) for key, inner in value.items()}
        case Sequence():
            return [tidy(inner) for inner in value]
        case _:
            raise Unwritable(type(value).__name__)


def spell(value: object, like: object = None, width: int = WIDTH, step: int = STEP) -> Spelt:
    """Spell a tidy value for a block.

    Args:
        like: a value whose style is taken over: a collection of the tree, or the text of a scalar as written.
        width: columns that are left.
        step: columns of indent for what lies deeper.
    Raises:
        Unwritable: no spelling is read back as the value.
    """
    if isinstance(value, dict | list):
        inline = flow(value)
        if not value or (len(inline) <= width and _likes_flow(value, like)):
            return Spelt(inline)
        return Spelt("", tuple(_lines(value, step)))
    return _scalar(value, False, like if isinstance(like, str) else None)


def flow(value: object, like: str | None = None) -> str:
    """Spell a tidy value for the inside of brackets, or on one line.

    Raises:
        Unwritable: see `spell`.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(entry(key, inner) for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(value, True, like).inline


def entry(key_text: str, value: object) -> str:
    """Spell one key and its value for the inside of braces."""
    return f"{key(key_text, True)}: {flow(value)}"


def key(text: str, in_flow: bool, like: str | None = None) -> str:
    """Spell a key.

    Raises:
        Unwritable: see `spell`.
    """
    return _key(text, in_flow, like)


def _likes_flow(value: dict[str, object] | list[object], like: object) -> bool:
    """Tell whether a collection goes on one line: as the one beside it, or if it is an unknown, or only short words."""
    if isinstance(value, dict) and next(iter(value), "") == "unknown":
        return True
    if isinstance(like, tree.Mapping | tree.Sequence) and like and isinstance(like, dict) == isinstance(value, dict):
        return is_flow(like)
    items = value.values() if isinstance(value, dict) else value
    return all(not isinstance(item, dict | list) and " " not in str(item) for item in items)


def _lines(value: dict[str, object] | list[object], step: int) -> Iterator[str]:
    pad = " " * step
    if isinstance(value, dict):
        for name, inner in value.items():
            spelt = spell(inner, None, WIDTH - len(name) - 2 * step, step)
            yield f"{key(name, False)}: {spelt.inline}".rstrip()
            yield from (f"{pad}{line}".rstrip() for line in spelt.below)
        return
    for inner in value:
        spelt = item(inner, step)
        yield f"- {spelt.inline}"
        yield from (f"  {line}".rstrip() for line in spelt.below)


def item(value: object, step: int, like: object = None, width: int = WIDTH) -> Spelt:
    """Spell a value that goes behind a dash: a block begins on the dash's own line."""
    spelt = spell(value, like, width, step)
    return Spelt(spelt.below[0], spelt.below[1:]) if not spelt.inline else spelt


@lru_cache(4096, typed=True)
def _key(text: str, in_flow: bool, like: str | None) -> str:
    for found in _one_line(text, like):
        if _reads_as(f"{{{found}: 0}}" if in_flow else f"{found}: 0\n", {text: 0}):
            return found
    raise Unwritable(text)


@lru_cache(4096, typed=True)
def _scalar(value: Scalar, in_flow: bool, like: str | None) -> Spelt:
    """Find the first spelling that is read back; the type belongs to the value (1 is not true)."""
    for found in _spellings(value, in_flow, like):
        lines = "".join(f"  {line}\n" for line in found.below)
        if _reads_as(f"{{k: {found.inline}}}" if in_flow else f"k: {found.inline}\n{lines}", {"k": value}):
            return found
    raise Unwritable(str(value))


def _spellings(value: Scalar, in_flow: bool, like: str | None) -> Iterator[Spelt]:
    if value is None or isinstance(value, bool):
        yield Spelt("null" if value is None else str(value).lower())
    elif isinstance(value, str):
        mark = (like or "")[:1]
        if not in_flow and mark not in ('"', "'"):
            if mark in ("|", ">"):
                yield from _block(value, mark)
            if "\n" in value:
                yield from _block(value, "|")
            elif like is None and len(value) > WRAP:
                yield from _block(value, ">")
        yield from map(Spelt, _one_line(value, like))
    else:
        written = format(value, "f") if isinstance(value, Decimal) else str(value)
        yield Spelt(written if isinstance(value, int) or "." in written else f"{written}.0")


def _one_line(text: str, like: str | None) -> Iterator[str]:
    """Give spellings on one line: with the quotes it had, bare, with the quotes that need no escapes, escaped."""
    single = "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    double = '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
    mark = (like or "")[:1]
    if mark in ('"', "'"):
        yield double if mark == '"' else single
    elif _is_text_to_all(text):
        yield text
    if escaped == text:
        yield double
    if "\n" not in text and "\r" not in text:
        yield single
    yield double


@cache
def _resolver() -> Resolver:
    return Resolver()


def _is_text_to_all(text: str) -> bool:
    """Tell whether other readers of YAML, the older ones too, take it for text when it stands bare (or for a day)."""
    return _resolver().resolve(yaml.ScalarNode, text, (True, False)) in (_STR, _TIMESTAMP)  # type: ignore[no-untyped-call]


def _block(text: str, mark: str) -> Iterator[Spelt]:
    """Give a literal or folded block, where its last line break is none or one."""
    body = text.removesuffix("\n")
    if not body.strip() or body.endswith("\n"):
        return
    lines: list[str] = []
    for number, line in enumerate(body.split("\n")):
        if mark == ">":
            lines += [""] if number else []
            lines += textwrap.wrap(line, WRAP, break_long_words=False, break_on_hyphens=False)
        else:
            lines.append(line)
    yield Spelt(mark + ("-" if body == text else ""), tuple(lines))


def _reads_as(text: str, value: dict[str, Scalar]) -> bool:
    found, findings = parse(SourceFile("", text), DEFAULT)
    if any(finding.severity is Severity.BLOCKER for finding in findings) or not isinstance(found, dict):
        return False
    return [*found] == [*value] and all(type(found[name]) is type(value[name]) for name in value) and found == value
