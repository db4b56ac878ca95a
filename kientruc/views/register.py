"""The register of an architecture: components with their elements, and what is not known yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kientruc.messages import has, text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.planning import Sourcing
from kientruc.model.record import Record, Unknown
from kientruc.model.unknown_values import Path, unknown_values
from kientruc.views.direction import quantity_words
from kientruc.views.marks import mark
from kientruc.views.picture import Mark
from kientruc.views.words import as_of, day, doubt, heard_today, label, name, source_titles

PLACE = "places."  # what begins the name of an element's place in an edition


@dataclass(frozen=True, slots=True)
class Line:
    """One element in a row; texts are ready to print."""

    id: str
    name: str
    about: str  # what it is, in a sentence; "" where nothing is said
    kind: str
    quantity: str  # how many it is; "" where nothing is said
    mark: Mark
    state: str
    as_of: str
    owner: str
    level: str
    doubts: tuple[str, ...]  # what of it is not simply seen in its source
    source: str
    note: str
    relations: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]  # verb; its targets: id, name, what is unsure
    place: str


@dataclass(frozen=True, slots=True)
class Section:
    """The elements of one component."""

    id: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """What nobody knows yet of one record: each field in words, why, by when ("" where no day is set), and where.

    `id` is "" where the name is the id already.
    """

    id: str
    name: str
    items: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that one organisation must answer; `name` says who took over from it, too, `body` is its name alone."""

    name: str
    body: str
    count: int
    lines: tuple[UnknownLine, ...]


def register(architecture: Architecture, lang: str) -> tuple[Section, ...]:
    """List the elements by component, in the components' order; those without one come last."""
    outgoing: dict[str, dict[str, list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    for relation in architecture.relations:
        verb = relation.verb.in_(lang)
        target = label(architecture, relation.target, lang)
        outgoing[relation.source_id][verb].append((relation.target, target, _unsure(architecture, relation, lang)))
    members: dict[str, list[Element]] = defaultdict(list)
    for element in architecture.elements.values():
        members[element.component or ""].append(element)
    components = architecture.components_in_order
    titles = [(component.id, f"{component.order}. {name(component, lang)}") for component in components]
    titles.append(("", text("report.no-component", lang)))
    return tuple(
        Section(id, title, tuple(_line(architecture, element, outgoing[element.id], lang) for element in members[id]))
        for id, title in titles
        if id or members[id]
    )


def places_in_doubt(architecture: Architecture, lang: str) -> tuple[str, ...]:
    """Say once for each edition, not beside each element, how many places in it are not simply seen in a source.

    Whoever moves to another edition gets them from one crosswalk, and all with the doubt of that.
    """
    found = Counter(
        (field.removeprefix(PLACE), said.certainty)
        for element in architecture.elements.values()
        for field, said in element.provenance.items()
        if field.startswith(PLACE) and said.certainty and said.certainty is not element.certainty
    )
    return tuple(
        text("report.places", lang, edition=edition, count=count, certainty=text(f"certainty.{certainty.value}", lang))
        for (edition, certainty), count in sorted(found.items())
    )


def _line(
    architecture: Architecture, element: Element, relations: dict[str, list[tuple[str, str, str]]], lang: str
) -> Line:
    what = mark(architecture, element)
    return Line(
        id=element.id,
        name=name(element, lang),
        about=(element.description_en if lang == "en" and element.description_en else element.description) or "",
        kind=element.kind.in_(lang),
        quantity=quantity_words(element.quantity, lang) if element.quantity is not None else "",
        mark=what,
        state=text(f"mark.{what.value}", lang),
        as_of=as_of(element, lang),
        owner=_known(architecture, element.owner, lang),
        level=_known(architecture, element.security_level, lang),
        doubts=tuple(_doubts(element, what, lang)),
        source=source_titles(architecture, element, lang),
        note=(element.note_en if lang == "en" and element.note_en else element.note) or "",
        relations=tuple((verb, tuple(ends)) for verb, ends in relations.items()),
        place=str(element.span() or ""),
    )


def _doubts(element: Element, what: Mark, lang: str) -> Iterator[str]:
    if what is not Mark.ASSUMED and (own := doubt(element, lang)):
        yield own
    for field, said in element.provenance.items():
        told = field == "as_of" or field.startswith(PLACE)  # elsewhere
        if said.certainty and said.certainty is not element.certainty and not told:
            yield f"{field_word(field, lang)}: {text(f'certainty.{said.certainty.value}', lang)}"


def _unsure(architecture: Architecture, relation: Relation, lang: str) -> str:
    """Say of a relation that it is planned, or less sure than the element it is written on."""
    source = architecture.find(relation.source_id)
    words = [text(f"relation.{relation.status}", lang)] if relation.status and relation.status != "existing" else []
    if source is None or source.certainty is not relation.certainty:
        words += filter(None, (doubt(relation, lang),))
    return ", ".join(words)


def _known(architecture: Architecture, value: str | int | Unknown | None, lang: str) -> str:
    if isinstance(value, Unknown):
        return text("word.unknown", lang)
    if value is None:
        return "–"
    return label(architecture, value, lang) if isinstance(value, str) else str(value)


def unknowns(architecture: Architecture, lang: str, on: date) -> tuple[Asked, ...]:
    """Group every value known to be unknown by who must answer it, in id order; what nobody is asked comes last.

    Args:
        on: beside a body that has ended by this day stands who took over from it.
    """
    found: dict[str, dict[int, tuple[Record, str, list[tuple[Path, Unknown]]]]] = defaultdict(dict)
    for record, title in _titled(architecture, lang):
        for path, value in unknown_values(record):
            found[value.ask or ""].setdefault(id(record), (record, title, []))[2].append((path, value))
    return tuple(
        Asked(
            heard_today(architecture, ask, lang, on) if ask else text("report.nobody-asked", lang),
            label(architecture, ask, lang) if ask else text("report.nobody-asked", lang),
            sum(len(values) for _, _, values in lines.values()),
            tuple(_unknown_line(*line, lang) for line in lines.values()),
        )
        for ask, lines in sorted(found.items(), key=lambda item: (not item[0], item[0]))
    )


def _unknown_line(record: Record, title: str, values: list[tuple[Path, Unknown]], lang: str) -> UnknownLine:
    id = record.source_id if isinstance(record, Relation) else record.id
    return UnknownLine(
        id if id != title else "",  # what has no name is called by its id
        title,
        tuple(
            (
                field_word(next(str(part) for part in reversed(path) if isinstance(part, str)), lang),
                one.why(lang),
                day(one.by, lang) if one.by else "",
                str(record.span(*path) or ""),
            )
            for path, one in values
        ),
    )


def _titled(architecture: Architecture, lang: str) -> Iterator[tuple[Record, str]]:
    for record in (architecture.head, *architecture.all_records()):
        # What has no name is called by what it is of.
        of = record.of if isinstance(record, Sourcing) and not record.name else ()
        things = (of,) if isinstance(of, str) else of or ()
        yield record, "; ".join(label(architecture, id, lang) for id in things) or name(record, lang)
    for relation in architecture.relations:
        ends = (label(architecture, end, lang) for end in (relation.source_id, relation.target))
        yield relation, " → ".join(ends)


def field_word(field: str, lang: str) -> str:
    """Name a field for those who do not edit files: in words, by its key where there is no word for it."""
    return text(f"field.{field}", lang) if has(f"field.{field}", lang) else f"`{field}`"


def field_words(field: str, lang: str) -> str:
    """Name a field in words with its key; the key alone where there is no word for it."""
    return f"{text(f'field.{field}', lang)} (`{field}`)" if has(f"field.{field}", lang) else f"`{field}`"
