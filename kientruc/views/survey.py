"""A department's survey: what it owns or runs with what is known of it, its connections, and what it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kientruc.frameworks.edition import Edition
from kientruc.messages import has, text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.field_types import holds
from kientruc.model.record import Record, Unknown
from kientruc.model.unknown_values import Path, unknown_values
from kientruc.model.values import Access
from kientruc.views.access_marks import mark
from kientruc.views.comment_form import subtitle
from kientruc.views.survey_form import (
    FORM,
    KEYS,
    SYSTEMS,
    VERBS,
    Value,
    baseline,
    choices,
    is_asked,
    link_mark,
    link_words,
    said,
)
from kientruc.views.words import day, label, name

BLANK = {"systems": 30, "links": 30}  # rows to write in


@dataclass(frozen=True, slots=True)
class Question:
    """Something nobody knows yet and a body is asked. `key` leads to it; `list` is what its answer is chosen from."""

    key: str
    about: str
    field: str
    why: str
    due: date | None
    list: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the key that stays hidden, its cells, and the columns that are not asked of it."""

    key: str
    cells: tuple[Value, ...]
    unasked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Survey:
    """One form, ready to be written."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...]
    systems: tuple[Line, ...]
    links: tuple[Line, ...]
    questions: tuple[Question, ...]
    lists: Mapping[str, Mapping[str, str]]
    mark: str  # what every page says: made-up data, for whom it is
    lang: str


def survey(
    architecture: Architecture, edition: Edition, body: str, model: str, lang: str, by: date | None = None
) -> Survey:
    """Make the survey of one body. Restricted elements are left out, but for the bodies that own them.

    Args:
        edition: the one whose words and lists the columns have.
        by: until when the form is to come back; None for the first day on which one of its questions is due.
    """
    head = architecture.head
    hidden = frozenset(one.id for one in architecture.elements.values() if not _may_see(one, body))
    lists = choices(architecture, edition, lang, hidden)
    asked = tuple(question(architecture, edition, *one, lang) for one in unknowns(architecture) if one[2].ask == body)
    due = by or min((one.due for one in asked if one.due), default=None)
    told = (
        ("body", label(architecture, body, lang)),
        ("back-to", label(architecture, next(iter(head.authors), head.agency), lang)),
        ("deadline", day(due, lang) if due else ""),
        ("about-state", name(architecture.states[baseline(architecture)], lang) if baseline(architecture) else ""),
    )
    own = [one for one in _in_order(architecture) if is_of(one, body) and one.id not in hidden]
    return Survey(
        text("survey.title", lang),
        subtitle(architecture, lang),
        tuple((text(f"survey.{key}", lang), words) for key, words in told if words),
        tuple(zip(KEYS, (FORM, head.id, head.version or "", model, body, lang), strict=True)),
        tuple(Line(one.id, cells(architecture, one, lists, lang), _unasked(one)) for one in own),
        tuple(_links(architecture, {one.id for one in own}, lists, lang)),
        asked,
        lists,
        mark(architecture, lang),
        lang,
    )


def cells(
    architecture: Architecture, element: Element, lists: Mapping[str, Mapping[str, str]], lang: str
) -> tuple[Value, ...]:
    """Give what the form says of an element, from the name on."""
    return tuple(said(architecture, element, one, lists, lang) for one in SYSTEMS[1:-1])


def _unasked(element: Element) -> frozenset[str]:
    return frozenset(one.key for one in SYSTEMS if not is_asked(element.kind, one.key))


def surveyed(architecture: Architecture) -> tuple[str, ...]:
    """Name the bodies that own or run something of the architecture's own, or are asked something."""
    asked = {value.ask for _, _, value in unknowns(architecture)}
    own = [one for one in architecture.elements.values() if one.reference is None]
    return tuple(id for id in architecture.organisations if id in asked or any(is_of(one, id) for one in own))


def is_of(element: Element, body: str) -> bool:
    """Tell whether a body owns an element or its data, or runs it."""
    return body in (element.owner, element.operator, element.data_owner, *element.co_owners)


def unknowns(architecture: Architecture) -> Iterator[tuple[Record, Path, Unknown]]:
    """Give every value that is known to be unknown with its record and the path to it, each place in the files once."""
    for record in (architecture.head, *architecture.all_records()):
        yield from ((record, path, value) for path, value in unknown_values(record))
    seen: set[str] = set()
    for relation in architecture.relations:
        for path, value in unknown_values(relation):
            place = str(relation.span(*path))  # several targets of one entry share what it says
            if place not in seen:
                seen.add(place)
                yield relation, path, value


def key_of(record: Record, path: Path) -> str:
    """Give what a question is known by when it comes back."""
    if isinstance(record, Relation):
        start = f"relations/{record.source_id}/{record.verb}/{record.target}"
    else:
        start = f"{type(record).section}/{record.id}"
    return "/".join((start, *map(str, path)))


def question(
    architecture: Architecture, edition: Edition, record: Record, path: Path, value: Unknown, lang: str
) -> Question:
    """Put a question into words."""
    if isinstance(record, Relation):
        verb = record.verb.in_(lang)
        about = f"{label(architecture, record.source_id, lang)} {verb} {label(architecture, record.target, lang)}"
    else:
        about = name(record, lang)
    asked = list_of(edition, record, path)
    return Question(key_of(record, path), about, field_words(path, lang), value.why(lang), value.by, asked)


def field_words(path: Path, lang: str) -> str:
    """Name the field at the end of a path, and in brackets what it is a part of: "mã (tham chiếu)"."""
    keys = [f"field.{str(part).rstrip('_')}" for part in path]
    *around, last = [text(key, lang) for key in keys if has(key, lang)] or [str(path[-1])]
    return f"{last} ({', '.join(around)})" if around else last


def list_of(edition: Edition, record: Record, path: Path) -> str:
    """Name the list that an answer is chosen from: of bodies, of yes and no, or one of the edition; "" for none."""
    section, field = type(record).section, ".".join(map(str, path))
    for form in edition.forms.forms.values() if edition.forms else ():
        for one in form.fields:
            if one.field == field and one.list and (one.section or next(iter(form.rows), "")) == section:
                return one.list
    kind = holds(type(record), path)
    return "bodies" if "organisations" in kind.refers else "answers" if bool in kind.types else ""


def _in_order(architecture: Architecture) -> list[Element]:
    places = {one.id: one.order for one in architecture.components.values()}
    return sorted(architecture.elements.values(), key=lambda one: (places.get(one.component or "", 10**6), one.id))


def _links(
    architecture: Architecture, own: set[str], lists: Mapping[str, Mapping[str, str]], lang: str
) -> Iterator[Line]:
    """Give the connections of a body's elements as they are today, without what it may not see."""
    state, seen = baseline(architecture), lists["elements"]
    for one in architecture.relations:
        today = not one.states or one.states.get(state) == "present"
        ends = {one.source_id, one.target}
        if today and one.verb in VERBS and ends & own and all(end in seen for end in ends):
            words = tuple(link_words(architecture, one, lists, lang))
            yield Line(f"{one.source_id}/{one.verb}/{one.target}/{link_mark(words)}", words)


def _may_see(element: Element, body: str) -> bool:
    return element.access is not Access.RESTRICTED or body in (element.owner, *element.co_owners)
