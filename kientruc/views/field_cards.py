"""A field, a value or a place of an edition explained; and the words of the format by their names in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kientruc.frameworks import Edition
from kientruc.messages import has, text
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.views.card import Card, Row
from kientruc.views.closed_values import closed, fields, may_be_unknown
from kientruc.views.difference_words import WORDED

FORMS = ("unknown", "defaults", "include", "format")  # words of the format that are no field of a record
HIDDEN = frozenset(("id", "origin", "provenance", "section"))
SHOWN = 8  # sections named of a field that many have


def field_words(shelf: Sequence[Edition]) -> Iterator[str]:
    """Name all that `field_card` knows by its code."""
    yield from FORMS
    yield from (key for key in fields() if key not in HIDDEN)
    yield from (value for _, values in closed() for value in values)
    yield from (place for edition in shelf for place in edition.words.places)


def field_card(word: str, shelf: Sequence[Edition], lang: str) -> Card | None:
    """Explain a field, a value that some field takes, or a place; None where there is nothing of that name."""
    if word in FORMS:
        rows = (Row(text("word-card.what", lang), text(f"word-form.{word}", lang)),)
        return Card(f"{word}: {text(f'word-form-name.{word}', lang)}", rows, (), word)
    if word in fields() and word not in HIDDEN:
        return _field(word, lang)
    return _value(word, lang) or _place(word, shelf, lang)


def code_of(name: str, shelf: Sequence[Edition]) -> str:
    """Give the code of what is called so in Vietnamese or English; "" where nothing is."""
    wanted = name.casefold().strip()
    for lang in ("vi", "en"):
        for code, called in _called(shelf, lang):
            if called.casefold() == wanted:
                return code
    return ""


def _called(shelf: Sequence[Edition], lang: str) -> Iterator[tuple[str, str]]:
    yield from ((one.value, one.in_(lang)) for one in (*Kind, *Verb))
    yield from ((one, text(f"section.{one}", lang)) for one in SECTIONS)
    yield from ((key, text(f"field.{key}", lang)) for key in fields() if has(f"field.{key}", lang))
    yield from ((value, _meaning(key, value, lang)) for key, values in closed() for value in values)
    yield from ((id, place.name.in_(lang)) for one in shelf for id, place in one.words.places.items())


def _field(key: str, lang: str) -> Card:
    def say(part: str, words: str) -> Row:
        return Row(text(f"word-card.{part}", lang), words)

    sections = list(dict.fromkeys(section for section, _ in fields()[key]))
    some = ", ".join(sections[:SHOWN]) + (", …" if len(sections) > SHOWN else "")
    where = text("word-card.everywhere", lang) if {*SECTIONS} <= {*sections} else some
    lists = [Row(value, _meaning(key, value, lang)) for known, values in closed() if known == key for value in values]
    known = dict.fromkeys(lists)
    rows = [say("what", text("word-card.field", lang)), say("where", where)]
    rows += [Row(text("word-card.values", lang), "", tuple(known))] if known else []
    rows += (
        [say("unsure", text("word-card.unknown", lang))] if any(may_be_unknown(one) for _, one in fields()[key]) else []
    )
    named = text(f"field.{key}", lang) if has(f"field.{key}", lang) else key
    return Card(f"{key}: {named}", tuple(rows), (), key)


def _value(word: str, lang: str) -> Card | None:
    of = {key: None for key, values in closed() if word in values}
    if not of:
        return None
    rows = tuple(Row(text("word-card.value-of", lang), key, (Row("", _meaning(key, word, lang)),)) for key in of)
    return Card(f"{word}: {_meaning(next(iter(of)), word, lang)}", rows, (), word)


def _meaning(key: str, value: str, lang: str) -> str:
    tables = (*WORDED.get(key, "").split(), "choice")
    table = next((one for one in tables if has(f"{one}.{value}", lang)), "")
    return text(f"{table}.{value}", lang) if table else value


def _place(id: str, shelf: Sequence[Edition], lang: str) -> Card | None:
    found = [(edition, edition.words.places[id]) for edition in shelf if id in edition.words.places]
    if not found:
        return None
    rows = []
    for edition, place in found:
        above = edition.words.places.get(place.parent) if place.parent else None
        within = (Row(text("word-card.within", lang), f"{above.name.in_(lang)} ({place.parent})"),) if above else ()
        written = f"`places: {{{edition.places_of}: {id}}}`, `maps: {{{edition.places_of}: [{id}]}}`"
        below = (*within, Row(text("word-card.written", lang), written))
        rows.append(Row(text("word-card.place-of", lang), edition.about.name.in_(lang), below))
    return Card(f"{id}: {found[0][1].name.in_(lang)}", tuple(rows), (), id)
