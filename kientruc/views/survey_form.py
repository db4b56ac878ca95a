"""The survey of the current state: its columns, what each holds of an element, and the values to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kientruc.consultation.form import label as coded
from kientruc.finding import fingerprint
from kientruc.frameworks.edition import Edition
from kientruc.messages import LANGUAGES, text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Quantity, Relation
from kientruc.model.kinds import Kind, Layer
from kientruc.model.planning import Sourcing, SourcingForm, StateRole
from kientruc.model.record import Unknown
from kientruc.model.verbs import Verb
from kientruc.reading.workbook import Cell, Column, fold
from kientruc.source import CellSpan, SourceFile
from kientruc.views.words import label, name, number_words

FORM = "kientruc-survey/1"
SHEET, BEFORE = "_kientruc", "_kientruc_truoc"  # the hidden sheets: keys, and what each cell said when it went out
KEYS = ("form", "architecture", "version", "model", "body", "lang")
HEAD = ("person", "letter", "date")  # what is asked once
BEFORE_TABLE = "kientruc_before"  # the names of headings go with their sheets when those are renamed
BASELINE = "there"  # whether it is there today: not a field of its own
COST = ("form", "amount")  # of the record of sourcing that tells of the element
VERBS = (Verb.SENDS, Verb.USES, Verb.READS, Verb.WRITES, Verb.CONNECTS, Verb.HOSTED_ON)

Value = str | int | Decimal | date


class Asked(NamedTuple):
    """A column: its key, which is the field it fills; the list to choose from, or the sort of value; its width."""

    key: str
    list: str = ""
    width: int = 18


class Table(NamedTuple):
    """A table of the form: the name of its heading, and the keys of what its sheet is called, is about, and asks."""

    mark: str
    sheet: str
    title: str
    hint: str


TABLES = {
    "systems": Table("kientruc_systems", "sheet-systems", "title-systems", "hint-systems"),
    "links": Table("kientruc_links", "sheet-links", "title-links", "hint-links"),
    "questions": Table("kientruc_questions", "sheet-questions", "title-questions", "hint-questions"),
}
NUMBERS = {"about": "survey.about-number", "over": "survey.over-number"}  # how an amount that is no number is written
SYSTEMS = (
    *(Asked("number", "", 5), Asked("name", "", 34), Asked("kind", "kinds", 16), Asked("description", "", 30)),
    *(Asked("owner", "bodies", 24), Asked("operator", "bodies", 24), Asked(BASELINE, "there", 11)),
    *(Asked("lifecycle", "vong-doi", 15), Asked("realised_from", "day", 13), Asked("scope", "pham-vi-su-dung", 13)),
    *(Asked("sharing", "hinh-thuc-dung-chung", 19), Asked("quantity", "number", 11), Asked("unit", "", 12)),
    *(Asked("security_level", "levels", 10), Asked("personal_data", "answers", 10)),
    *(Asked("form", "forms", 14), Asked("amount", "number", 17)),
    *(Asked("treatment", "phuong-an-hoan-thien", 19), Asked("note", "", 30), Asked("id", "", 16)),
)
LINKS = (
    *(Asked("number", "", 5), Asked("source", "elements", 44), Asked("verb", "verbs", 18)),
    *(Asked("target", "elements", 44), Asked("data", "", 36), Asked("protocol", "", 24)),
    *(Asked("status", "trang-thai-quan-he", 17), Asked("note", "", 30), Asked("id", "", 16)),
)
QUESTIONS = (
    *(Asked("number", "", 5), Asked("about", "", 44), Asked("field", "", 24), Asked("why", "", 40)),
    *(Asked("due", "", 13), Asked("answer", "", 44), Asked("id", "", 16)),
)
COLUMNS = {"systems": SYSTEMS, "links": LINKS, "questions": QUESTIONS}
REQUIRED = frozenset(("name", "kind", "source", "verb", "target", "answer", "id"))
HINTED = frozenset(("owner", "operator", "there", "realised_from", "quantity", "security_level", "amount", "data"))
SETTLED = frozenset(("kind",))  # columns nobody fills once they are known
OF_SYSTEMS = frozenset(("lifecycle", "realised_from", "security_level", *COST))  # not asked of what is no system


def is_asked(kind: Kind, key: str) -> bool:
    """Tell whether a column is asked of a kind: a procedure has neither cost nor security level."""
    return key not in OF_SYSTEMS or (kind.layer is not Layer.BUSINESS and kind is not Kind.INFORMATION)


def words(key: str) -> tuple[str, ...]:
    """Give what a part of the form is called, in each language."""
    return tuple(text(f"survey.{key}", lang) for lang in LANGUAGES)


def columns(table: str) -> tuple[Column, ...]:
    """Give the columns of a table, to find them by."""
    return tuple(Column(one.key, words(one.key), one.key in REQUIRED) for one in COLUMNS[table])


def before_columns() -> tuple[Column, ...]:
    """Give the columns of the hidden table, which bear the keys themselves."""
    return tuple(Column(one.key, (one.key,), one.key == "id") for one in SYSTEMS if one.key != "number")


def choices(
    architecture: Architecture, edition: Edition, lang: str, hidden: frozenset[str]
) -> dict[str, dict[str, str]]:
    """Give the values of every list, each with its words; those of the edition's form in the words it has for them."""
    bodies = architecture.organisations
    names = Counter(fold(name(one, lang)) for one in bodies.values())
    lists = edition.words.lists
    found = {
        "kinds": {one.value: _capital(one.in_(lang)) for one in Kind if one is not Kind.USER_GROUP},
        "bodies": {
            id: name(one, lang) if names[fold(name(one, lang))] == 1 else coded(id, name(one, lang))
            for id, one in bodies.items()
        },
        "there": {one: text(f"survey.{one}", lang) for one in ("present", "absent", "unknown")},
        "levels": {str(level): str(level) for level in range(1, 6)},
        "answers": {one: text(f"survey.{one}", lang) for one in ("true", "false")},
        "forms": {one.value: _capital(text(f"sourcing.{one}", lang)) for one in SourcingForm},
        "verbs": {one.value: _capital(one.in_(lang)) for one in VERBS},
        "elements": {id: coded(id, name(one, lang)) for id, one in architecture.elements.items() if id not in hidden},
    }
    for one in (*SYSTEMS, *LINKS):
        if one.list in lists:
            spelt = lists[one.list].words
            found[one.list] = {value: _capital(spelt[value].in_(lang)) for value in map(str, lists[one.list].values)}
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def baseline(architecture: Architecture) -> str:
    """Give the state a survey asks about; "" where there is none."""
    states = architecture.states.values()
    return next((one.id for one in states if one.role is StateRole.BASELINE), "")


def place_of(architecture: Architecture, element: Element, key: str) -> tuple[str, ...]:
    """Give the path of a field: what is said of the state of today in particular comes before what is said at all."""
    state = element.in_state.get(baseline(architecture))
    return ("in_state", baseline(architecture), key) if state and key in state.model_fields_set else (key,)


def sourcing_of(architecture: Architecture, id: str) -> tuple[Sourcing, ...]:
    """Give the records that tell how an element alone is obtained."""
    return tuple(one for one in architecture.records["sourcing"].values() if one.of in (id, (id,)))


def value_at(architecture: Architecture, element: Element, key: str) -> object:
    """Give what a column asks as the model holds it; None where it is not said, also where that is stated."""
    if key == BASELINE:
        return element.states.get(baseline(architecture))
    if key in COST:
        found = sourcing_of(architecture, element.id)
        return _known(getattr(found[0], key)) if len(found) == 1 else None
    path = place_of(architecture, element, "quantity" if key == "unit" else key)
    holder: object = element if len(path) == 1 else element.in_state[path[1]]
    value = _known(getattr(holder, path[-1]))
    return value.unit if key == "unit" and isinstance(value, Quantity) else value


def _known(value: object) -> object:
    return None if isinstance(value, Unknown) else value


def said(
    architecture: Architecture, element: Element, one: Asked, lists: Mapping[str, Mapping[str, str]], lang: str
) -> Value:
    """Give what a cell says of an element; "" where nothing is known."""
    value = value_at(architecture, element, one.key)
    match value:
        case None:
            return ""
        case Quantity():
            return _quantity(value, lang)
        case bool():
            return lists["answers"][str(value).lower()]
        case int() if not one.list or one.list == "number":
            return value
        case date():
            return value
    return lists[one.list].get(str(value), str(value)) if one.list in lists else str(value)


def cell_words(value: Value) -> str:
    """Give what a cell with a value is read as."""
    at = CellSpan(SourceFile("", ""), 0, 0)
    return Cell(float(value) if isinstance(value, Decimal) else value, at).text


def _quantity(value: Quantity, lang: str) -> Value:
    if value.value is not None:
        return value.value
    for key, number in (("about", value.about), ("over", value.over)):
        if number is not None:
            return text(NUMBERS[key], lang, number=number_words(number, lang))
    return ""


def link_words(
    architecture: Architecture, one: Relation, lists: Mapping[str, Mapping[str, str]], lang: str
) -> Iterator[str]:
    """Give the words of a connection that is known, column by column from the source to the note."""
    yield lists["elements"][one.source_id]
    yield lists["verbs"][one.verb.value]
    yield lists["elements"][one.target]
    data = [label(architecture, id, lang) for id in one.data if id in lists["elements"]]
    yield "; ".join((*data, *((one.payload,) if isinstance(one.payload, str) else ())))
    over = [label(architecture, id, lang) for id in one.over if id in lists["elements"]]
    protocol = (one.protocol,) if isinstance(one.protocol, str) else ()
    yield "; ".join((*over, *protocol))
    yield lists["trang-thai-quan-he"].get(str(one.status or ""), "")
    yield one.note or ""


def link_mark(cells: Iterable[str]) -> str:
    """Give a mark of what a row says, by which one that was changed is known."""
    return fingerprint(*(" ".join(cell.split()) for cell in cells))[:12]
