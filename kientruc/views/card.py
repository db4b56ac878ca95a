"""One thing on one card: a record with all that is said of it, a code of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kientruc.messages import PLACEHOLDER, raw, text
from kientruc.model.approval import Conclusion, Hearing, Step
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.legal import Source
from kientruc.model.record import Record
from kientruc.model.values import Certainty
from kientruc.views.access_marks import notice
from kientruc.views.code_examples import EXAMPLES
from kientruc.views.difference_words import Words
from kientruc.views.uses import Uses
from kientruc.views.words import doubt, label, name, source_titles

HIDDEN = frozenset(("id", "origin", "provenance", "name", "name_en", "source", "certainty", "kind", "section", "ask"))


class Row(NamedTuple):
    """A label and its words, either of which may be "", with rows of their own below."""

    label: str
    words: str = ""
    below: tuple[Row, ...] = ()
    ref: str = ""  # what it leads to: the id of a requirement or edition, a kind of check, another record


class Card(NamedTuple):
    """A title, rows, and blocks of text that keep their line breaks."""

    title: str
    rows: tuple[Row, ...]
    blocks: tuple[tuple[str, str], ...] = ()
    id: str = ""


def record_card(architecture: Architecture, record: Record, lang: str) -> Card:
    """Show a record: what it says, its relations both ways, who mentions it; then where it was seen and is written."""
    words = Words(architecture, architecture, lang)
    where = Row(text("show.where", lang), str(record.span() or "–"))
    left_out = notice(architecture, lang)
    copy = (Row(text("cut.copy", lang), left_out),) if left_out else ()
    rows = *card_rows(architecture, record, words, Uses(architecture)), where, *copy
    return Card(_titled(architecture, record, words), rows)


def card_rows(architecture: Architecture, record: Record, words: Words, uses: Uses) -> Iterator[Row]:
    """Tell of a record all but where it is written: the rows of a card on a page that says the rest once."""
    if isinstance(record, Element):
        yield Row(text("show.kind", words.lang), record.kind.in_(words.lang))
    else:
        yield Row(text("show.section", words.lang), text(f"section.{record.section}", words.lang))
    yield from _fields(record, words)
    yield from _uses(architecture, record, words, uses)
    yield from _about(architecture, record, words)


def _titled(architecture: Architecture, record: Record, words: Words) -> str:
    """Name a record with its id behind; a comment, condition or conclusion by whose it is."""
    called = _called(architecture, record, words)
    return f"{called[:1].upper()}{called[1:]}" if record.id in called.split()[1:] else called


def _called(architecture: Architecture, record: Record, words: Words) -> str:
    if isinstance(record, Conclusion):
        hearing = next((one for _, one in _hearings(architecture) if record.id in one.conclusions), None)
        named = name(hearing, words.lang) if hearing else ""
        return words.say("difference.by-conclusions", id=record.id, hearing=named) if named else record.id
    known = words.name(record.section, record.id)
    return known if record.id in known.split() else f"{known} [{record.id}]"


def _hearings(architecture: Architecture) -> Iterable[tuple[str, Hearing]]:
    return architecture.records["hearings"].items()


def _fields(record: Record, words: Words) -> Iterator[Row]:
    """Give what a record says, a row for each entry of a list; in Vietnamese without the English beside it."""
    dumped = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for field, value in dumped.items():
        hidden = field in HIDDEN and not (field == "kind" and isinstance(record, Source))
        if hidden or value in (None, [], {}, "") or (words.lang == "vi" and field.endswith("_en")):
            continue
        own = doubt(record, words.lang, field) if field in record.provenance else ""
        called = (
            text("show.stage", words.lang) if isinstance(record, Step) and field == "stage" else words.field((field,))
        )
        for told in _entries(field, value, words):
            yield Row(called, f"{told} ({own})" if own else told)


def _entries(field: str, value: Any, words: Words) -> Iterator[str]:
    if field == "conclusions":
        for id, one in value.items():
            state = f" ({words.value(one['state'], 'state')})" if one.get("state") else ""
            yield f"{id}: {one['text']}{state}"
    elif field == "places":
        yield "; ".join(f"{edition}: {words.placed(edition, place)}" for edition, place in value.items())
    elif isinstance(value, dict) and "unknown" not in value and all(isinstance(one, dict) for one in value.values()):
        yield from (f"{words.anything(key)}: {words.value(one, field)}" for key, one in value.items())
    elif isinstance(value, list) and all(isinstance(one, dict) for one in value):
        yield from (words.value(one, field) for one in value)
    else:
        yield words.value(value, field)


def _uses(architecture: Architecture, record: Record, words: Words, uses: Uses) -> Iterator[Row]:
    for relation, end, verb in relations_of(uses, record.id, words.lang):
        named = f"{label(architecture, end, words.lang)} [{end}]"
        out = relation.source_id == record.id
        key, told = ("out", f"{verb} {named}") if out else ("in", f"{named} {verb}")
        yield Row(text(f"show.{key}", words.lang), told, ref=end)
    if isinstance(record, Conclusion):  # it stands in its hearing, and nothing refers to it
        return
    for one in uses.mentioning(record.id):
        called = _called(architecture, one, words)
        section = "" if one.id in called.split() else f"{text(f'section.{one.section}', words.lang)}: "
        yield Row(text("show.used", words.lang), f"{section}{called}", ref=one.id)


def _about(architecture: Architecture, record: Record, words: Words) -> Iterator[Row]:
    """Tell how sure it is, where it was seen, and whom to ask."""
    is_bare = record.certainty is Certainty.STATED and not record.sources
    told = "show.no-source" if is_bare else f"certainty.{record.certainty.value}"
    yield Row(text("show.certainty", words.lang), text(told, words.lang))
    if record.sources:
        yield Row(text("show.source", words.lang), source_titles(architecture, record, words.lang))
    if record.ask:
        yield Row(words.field(("ask",)), words.cited(record.ask))


def relations_of(uses: Uses, id: str, lang: str) -> Iterator[tuple[Relation, str, str]]:
    """Give the relations of a thing, those it is the source of first: the relation, the other end, the verb's words."""
    for relation in uses.relations(id):
        end = relation.target if relation.source_id == id else relation.source_id
        yield relation, end, relation.verb.in_(lang)


def code_card(code: str, lang: str) -> Card:
    """Explain a code of a finding, with dots for what would be filled in."""
    rows = ((text("explain.message", lang), "finding"), (text("explain.remedy", lang), "help"))
    known = {"M-KIND": ", ".join(kind.value for kind in Kind)}.get(code, "{allowed}")
    told = ((title, raw(f"{part}.{code}", lang).replace("{allowed}", known)) for title, part in rows)
    examples = zip(("explain.wrong", "explain.right"), EXAMPLES.get(code, ()), strict=False)
    blocks = tuple((text(key, lang), example) for key, example in examples)
    return Card(code, tuple(Row(title, open_words(words)) for title, words in told), blocks)


def open_words(sentence: str) -> str:
    """Put dots where a sentence would be filled in."""
    return PLACEHOLDER.sub("…", sentence)
