"""Where an id is declared and referred to, over all files: by what fields and verbs mean, never by how a text looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from kientruc.loading.gathered import Defaults
from kientruc.loading.references import ends
from kientruc.loading.relations import VERB_SECTIONS, VERBS
from kientruc.loading.uses import Sections, Use, dangling
from kientruc.model.architecture import FIND_ORDER, OWN_ID_SPACE, SECTIONS, SINGULAR, Architecture
from kientruc.model.element import Element
from kientruc.model.record import Record
from kientruc.reading.tree import Mapping, Sequence, Written, child, is_long, pack
from kientruc.refactoring.in_fields import CONCLUSIONS, conclusions_of
from kientruc.source import Span

RELATIONS = "relations"  # their ids share the common space; nothing refers to them
HEAD = "architecture"  # its id is beside all others; nothing refers to it
# Fields of plain text that may hold an id alone: nothing checks them at load, so a renaming must not leave them behind.
LOOSE: tuple[tuple[str, tuple[str, ...], Sections], ...] = (
    ("notes", ("about",), FIND_ORDER),
    ("evidence", ("about",), FIND_ORDER),
    ("evidence", ("issuer",), ("organisations",)),
    ("legal", ("issuer",), ("organisations",)),
    ("elements", ("reference", "issuer"), ("organisations",)),
    ("views", ("component",), ("components",)),
)
_SHARED = tuple(section for section in SECTIONS if section not in OWN_ID_SPACE)


def declared(architecture: Architecture, section: str, id: str) -> Span | None:
    """Give where the id of a record, or of a relation, is declared; None if it is not."""
    if section == RELATIONS:
        return next((one.origin.span("id") for one in architecture.relations if one.id == id), None)
    if section == HEAD:
        return architecture.head.origin.span("id") if architecture.head.id == id else None
    record = _record(architecture, section, id)
    return record.span() if record else None


def sections_with(architecture: Architecture, id: str) -> list[str]:
    """Name the sections that declare an id; the head's counts only where no other does."""
    hearings = map(conclusions_of, architecture.records["hearings"])
    found = [section for section in (*SECTIONS, RELATIONS, *hearings) if declared(architecture, section, id)]
    return found or [HEAD] * (architecture.head.id == id)


def known_ids(architecture: Architecture) -> list[str]:
    """Give every id that is declared; one may come more than once."""
    hearings = architecture.records["hearings"].values()
    return [
        architecture.head.id,
        *(id for section in architecture.records.values() for id in section),
        *(id for hearing in hearings for id in hearing.conclusions),
        *(relation.id for relation in architecture.relations if relation.id),
    ]


def _record(architecture: Architecture, section: str, id: str) -> Record | None:
    """Give a record of a section, or a conclusion of a hearing."""
    hearing = architecture.records["hearings"].get(section.removesuffix(f".{CONCLUSIONS}"))
    if hearing and section == conclusions_of(hearing.id):
        return hearing.conclusions.get(id)  # type: ignore[no-any-return]
    return architecture.records.get(section, {}).get(id)


def space_of(section: str) -> tuple[str, ...]:
    """Name the sections whose ids must differ from those of a section."""
    return (*_SHARED, RELATIONS) if section in _SHARED or section == RELATIONS else (section,)


def resolve(architecture: Architecture, sections: Iterable[str], id: str) -> str:
    """Name the first of several sections that declares an id; "" if none does."""
    return next((section for section in sections if id in architecture.records[section]), "")


def uses(architecture: Architecture, tops: Iterable[Mapping], section: str, id: str) -> Iterator[Span]:
    """Give every place that refers to a record by its bare id, as it was written; a place may come more than once.

    Args:
        tops: what the files hold, for the defaults they begin with.
    """
    if section not in SECTIONS:
        return
    others = _Others(architecture, section, id)
    for top in tops:
        node = top.get("defaults")
        if isinstance(node, Mapping):
            origin = Written(node.file, pack(top.key_span("defaults")), node)
            yield from _fields(Defaults.model_validate(node), origin, others)
    for record in (architecture.head, *architecture.all_records(), *architecture.relations):
        if record.origin.node is not None:
            yield from _fields(record, record.origin, others)
    for name, path, sections in LOOSE:
        if resolve(architecture, sections, id) == section:
            for record in architecture.records[name].values():
                written: object = record.origin.node
                for part in path:
                    written = child(written, part)
                yield from (span for text, span in _texts(written, record.origin.span(*path)) if text == id)
    for name in sorted(VERB_SECTIONS):
        for source in architecture.records[name].values():
            yield from _targets(architecture, source, section, id)


class _Others(dict[Sections, frozenset[str]]):
    """All ids that a reference into some sections may name, but for the one looked for, where it would mean that."""

    def __init__(self, architecture: Architecture, section: str, id: str) -> None:
        self.architecture, self.section, self.id = architecture, section, id

    def __missing__(self, sections: Sections) -> frozenset[str]:
        found: frozenset[str] = frozenset().union(*(self.architecture.records[section] for section in sections))
        if resolve(self.architecture, in_order(sections), self.id) == self.section:
            found -= {self.id}
        self[sections] = found
        return found


def in_order(sections: Sections) -> list[str]:
    """Give sections in the order in which a reference to several of them is understood."""
    return [section for section in FIND_ORDER if section in sections]


def _fields(record: BaseModel, origin: Written, others: _Others) -> Iterator[Span]:
    for use in dangling(record, others):
        if origin.has(*use.path):
            yield _place(origin, use)


def _place(origin: Written, use: Use) -> Span:
    if use.key:
        node: object = origin.node
        for part in use.path[:-1]:
            node = child(node, part)
        if isinstance(node, Mapping) and is_long(node):
            node = node["value"]
        if isinstance(node, Mapping):
            return node.key_span(use.id)
    return origin.span(*use.path)


def _targets(architecture: Architecture, source: Record, section: str, id: str) -> Iterator[Span]:
    node = source.origin.node
    kind = source.kind.value if isinstance(source, Element) else SINGULAR[type(source).section]
    for key in VERBS.keys() & node.keys():
        found = [span for target, span in _texts(node[key], node.span(key)) if target == id]
        if found and resolve(architecture, (*ends(VERBS[key], kind), *_SHARED), id) == section:
            yield from found


def _texts(value: object, at: Span) -> Iterator[tuple[str, Span]]:
    """Give the ids a value names: itself, the items of a list, what stands under `to`."""
    if isinstance(value, str):
        yield value, at
    elif isinstance(value, Mapping):
        if "to" in value:
            yield from _texts(value["to"], value.span("to"))
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from _texts(item, value.span(index))
