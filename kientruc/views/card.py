"""One thing on one card: a record with all that is said of it, a code of a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from kientruc.messages import PLACEHOLDER, raw, text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.record import Record
from kientruc.views.difference_words import Words
from kientruc.views.words import doubt, label, name, source_titles

HIDDEN = frozenset(("id", "origin", "provenance", "name", "name_en", "source", "certainty", "kind", "section"))


class Row(NamedTuple):
    """A label and its words, either of which may be "", with rows of their own below."""

    label: str
    words: str = ""
    below: tuple[Row, ...] = ()
    ref: str = ""  # what it leads to: the id of a requirement or edition, or a kind of check


class Card(NamedTuple):
    """A title, rows, and blocks of text that keep their line breaks."""

    title: str
    rows: tuple[Row, ...]
    blocks: tuple[tuple[str, str], ...] = ()
    id: str = ""


def record_card(architecture: Architecture, record: Record, lang: str) -> Card:
    """Show a record: values, what is unknown, source and certainty, relations both ways, who mentions it."""
    rows = (Row(label, words) for label, words in _rows(architecture, record, lang))
    return Card(_called(record, lang), tuple(rows))


def _called(record: Record, lang: str) -> str:
    """Name a record with its id behind; what has no name is called by its id alone."""
    known = name(record, lang)
    return f"{known} [{record.id}]" if known != record.id else known


def _rows(architecture: Architecture, record: Record, lang: str) -> Iterator[tuple[str, str]]:
    def say(key: str) -> str:
        return text(f"show.{key}", lang)

    words = Words(architecture, architecture, lang)
    if isinstance(record, Element):
        yield say("kind"), record.kind.vi if lang == "vi" else record.kind.en
    else:
        yield say("section"), text(f"section.{record.section}", lang)
    yield say("where"), str(record.span() or "–")
    for field, value in record.model_dump(mode="json", by_alias=True, exclude_defaults=True).items():
        if field == "conclusions":
            yield from ((words.field((field,)), f"{id}: {one['text']}") for id, one in value.items())
        elif field not in HIDDEN and value not in (None, [], {}, ""):
            told = words.value(value, field)
            own = doubt(record, lang, field) if field in record.provenance else ""
            yield words.field((field,)), f"{told} ({own})" if own else told
    yield say("certainty"), text(f"certainty.{record.certainty.value}", lang)
    if record.sources:
        yield say("source"), source_titles(architecture, record, lang)
    for relation, end, verb in relations_of(architecture, record.id, lang):
        named = f"{label(architecture, end, lang)} [{end}]"
        out = relation.source_id == record.id
        yield say("out" if out else "in"), f"{verb} {named}" if out else f"{named} {verb}"
    for other in architecture.all_records():
        if other is not record and _mentions(other, record.id):
            yield say("used"), f"{text(f'section.{other.section}', lang)}: {_called(other, lang)}"


def relations_of(architecture: Architecture, id: str, lang: str) -> Iterator[tuple[Relation, str, str]]:
    """Give the relations of a thing, those it is the source of first: the relation, the other end, the verb's words."""
    for relation in architecture.relations:
        if relation.source_id == id:
            yield relation, relation.target, relation.verb.vi if lang == "vi" else relation.verb.en
    for relation in architecture.relations:
        if relation.target == id:
            yield relation, relation.source_id, relation.verb.vi if lang == "vi" else relation.verb.en


def _mentions(value: Any, id: str) -> bool:
    """Tell whether a record names an id in one of its fields."""
    stack = [value]
    while stack:
        found = stack.pop()
        if isinstance(found, BaseModel):
            stack.extend(
                inner for field, inner in found if field not in ("origin", "id", "name", "note", "description")
            )
        elif isinstance(found, dict):
            stack.extend(found)
            stack.extend(found.values())
        elif isinstance(found, tuple | list):
            stack.extend(found)
        elif found == id:
            return True
    return False


def code_card(code: str, lang: str) -> Card:
    """Explain a code of a finding, with dots for what would be filled in."""
    rows = ((text("explain.message", lang), "finding"), (text("explain.remedy", lang), "help"))
    known = {"M-KIND": ", ".join(kind.value for kind in Kind)}.get(code, "{allowed}")
    told = ((title, raw(f"{part}.{code}", lang).replace("{allowed}", known)) for title, part in rows)
    return Card(code, tuple(Row(title, open_words(words)) for title, words in told))


def open_words(sentence: str) -> str:
    """Put dots where a sentence would be filled in."""
    return PLACEHOLDER.sub("…", sentence)
