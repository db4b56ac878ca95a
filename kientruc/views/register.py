"""The register of an architecture: every component with its elements, what is known of each, and what is not known yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty
from kientruc.views.layered import mark
from kientruc.views.picture import Mark
from kientruc.views.words import day, label, name, sources


@dataclass(frozen=True, slots=True)
class Line:
    """One element in a row; texts are ready to print."""

    id: str
    name: str
    kind: str
    mark: Mark
    state: str
    owner: str
    level: str
    certainty: str
    source: str
    note: str
    relations: tuple[tuple[str, str, str], ...]  # verb in words, target's id, target's name
    place: str


@dataclass(frozen=True, slots=True)
class Section:
    """The elements of one component."""

    id: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """One value nobody knows yet."""

    id: str
    name: str
    field: str
    why: str
    ask: str
    by: str
    place: str


def register(architecture: Architecture, lang: str) -> tuple[Section, ...]:
    """List the elements by component, in the components' order; those without one come last."""
    outgoing: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for relation in architecture.relations:
        verb = relation.verb.vi if lang == "vi" else relation.verb.en
        outgoing[relation.source_id].append((verb, relation.target, label(architecture, relation.target, lang)))
    members: dict[str, list[Element]] = defaultdict(list)
    for element in architecture.elements.values():
        members[element.component or ""].append(element)
    components = sorted(architecture.components.values(), key=lambda component: (component.order, component.id))
    titles = [(component.id, f"{component.order}. {name(component, lang)}") for component in components]
    titles.append(("", text("report.no-component", lang)))
    return tuple(
        Section(id, title, tuple(_line(architecture, element, outgoing[element.id], lang) for element in members[id]))
        for id, title in titles
        if id or members[id]
    )


def _line(architecture: Architecture, element: Element, relations: list[tuple[str, str, str]], lang: str) -> Line:
    what = mark(architecture, element)
    return Line(
        id=element.id,
        name=name(element, lang),
        kind=element.kind.vi if lang == "vi" else element.kind.en,
        mark=what,
        state=text(f"mark.{what.value}", lang),
        owner=_known(architecture, element.owner, lang),
        level=_known(architecture, element.security_level, lang),
        certainty="" if element.certainty is Certainty.STATED else text(f"certainty.{element.certainty.value}", lang),
        source=sources(architecture, element, lang),
        note=(element.note_en if lang == "en" and element.note_en else element.note) or "",
        relations=tuple(relations),
        place=str(element.span() or ""),
    )


def _known(architecture: Architecture, value: str | int | Unknown | None, lang: str) -> str:
    if isinstance(value, Unknown):
        return text("word.unknown", lang)
    if value is None:
        return "–"
    return label(architecture, value, lang) if isinstance(value, str) else str(value)


def unknowns(architecture: Architecture, lang: str) -> tuple[UnknownLine, ...]:
    """List every value that is known to be unknown, in the order of the sections and ids."""
    lines = []
    for record in (architecture.head, *architecture.all_records()):
        for path, value in _unknown_values(record):
            lines.append(
                UnknownLine(
                    id=record.id,
                    name=name(record, lang),
                    field=".".join(path),
                    why=value.unknown,
                    ask=label(architecture, value.ask, lang) if value.ask else "–",
                    by=day(value.by, lang) if value.by else "–",
                    place=str(record.span(*path) or ""),
                )
            )
    for relation in architecture.relations:
        for field, value in relation.unknowns().items():
            title = f"{label(architecture, relation.source_id, lang)} → {label(architecture, relation.target, lang)}"
            ask = label(architecture, value.ask, lang) if value.ask else "–"
            by = day(value.by, lang) if value.by else "–"
            place = str(relation.span(field) or "")
            lines.append(UnknownLine(relation.source_id, title, field, value.unknown, ask, by, place))
    return tuple(lines)


def _unknown_values(record: Record) -> Iterator[tuple[tuple[str, ...], Unknown]]:
    for field, value in record.unknowns().items():
        yield (field,), value
    for field, nested in record.__dict__.items():
        if isinstance(nested, dict) and field != "extra":
            for key, inner in nested.items():
                for deeper, value in getattr(inner, "__dict__", {}).items():
                    if isinstance(value, Unknown):
                        yield (field, str(key), deeper), value
