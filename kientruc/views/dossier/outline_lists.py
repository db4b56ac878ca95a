"""The annexes of the Architecture: lists drawn from the data, for a page across, nothing typed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from kientruc.model.element import Element
from kientruc.model.planning import StateRole
from kientruc.model.record import Unknown
from kientruc.views.document import Block, plain
from kientruc.views.dossier.blocks import ColumnKey, Place, numbered_rows, row
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.outline_state import (
    STATES,
    is_shared,
    lifecycle,
    objects,
    owner,
    place_name,
    roles,
    treatment,
    way,
)
from kientruc.views.dossier.outline_work import covering, known_tasks
from kientruc.views.dossier.submission import period
from kientruc.views.form_sheets import code_of, in_code_order
from kientruc.views.sums import amount_of
from kientruc.views.words import number_words

OBJECTS = (("object", 7.0), ("kind", 3.0), ("layer", 4.0), ("place", 6.0), ("state", 3.0))
OWN = (
    *(("object", 6.0), ("kind", 2.8), ("owner", 4.5), ("operator", 4.5)),
    *(("lifecycle", 2.6), ("level", 1.6, "centre"), ("treatment", 2.6)),
)
SHARED = (
    *(("object", 6.5), ("kind", 2.8), ("issuer", 5.0)),
    *(("sharing", 3.0), ("lifecycle", 2.8), ("document", 4.0)),
)
RELATIONS = (("number", 1.2), ("from", 6.0), ("verb", 3.0), ("to", 6.0), ("data", 6.0), ("over", 5.0))
STANDARDS = (("number", 1.2), ("standard", 8.0), ("objects", 14.0))
WORK = (
    *(("gap_code", 2.0), ("gap", 6.0), ("task_code", 2.0), ("task", 6.5)),
    *(("lead", 4.5), ("period", 2.4), ("cost", 3.4, "right")),
)
CHECKS = (("number", 1.2), ("check", 14.0), ("answer", 4.0), ("grounds", 6.0))
MAPPING = (
    *(("object", 6.0), ("document", 6.0), ("issuer", 4.5)),
    *(("version", 2.4), ("source_code", 3.0), ("mapping", 3.0)),
)
VERSIONS = (("number", 1.2), ("version", 2.4, "centre"), ("since", 2.6), ("summary", 14.0))
CHECK_LIST = "checklist"
NONE = "–"


def list_objects(place: Place) -> Iterator[Block]:
    """List the objects with the place each has."""
    dossier = place.dossier
    rows = []
    for one in in_code_order(objects(place)):
        at = way(dossier, one)
        layer = place_name(dossier, at[0])
        own = place_name(dossier, at[-1]) if len(at) > 1 else NONE
        rows.append((one, (one.name, one.kind.vi, layer, own, _state(place, one))))
    yield from _coded(place, "list_objects", OBJECTS, rows)


def _coded(
    place: Place, key: str, of: Sequence[ColumnKey], found: Iterable[tuple[Element, tuple[str, ...]]]
) -> Iterator[Block]:
    """Make a table with the code of each object before its cells; with a number where the architecture has no codes."""
    coded = any(map(code_of, place.dossier.architecture.elements.values()))
    first: ColumnKey = ("code", 2.0) if coded else ("number", 1.2)
    rows = [row((code_of(one) or NONE) if coded else str(at), *words) for at, (one, words) in enumerate(found, 1)]
    yield from place.table(key, (first, *of), rows)


def _state(place: Place, one: Element) -> str:
    found = roles(place.dossier, one)
    wanted = [role for role in (StateRole.BASELINE, StateRole.TARGET) if role in found]
    return ", ".join(place.say(STATES[role]) for role in wanted) or place.dossier.unknown


def list_own(place: Place) -> Iterator[Block]:
    """List what is the agency's own."""
    dossier = place.dossier
    rows = [
        (
            one,
            (
                *(one.name, one.kind.vi, owner(dossier, one), _who(dossier, one.operator)),
                *(lifecycle(dossier, one), _level(dossier, one), treatment(dossier, one)),
            ),
        )
        for one in in_code_order(objects(place))
        if not is_shared(one)
    ]
    yield from _coded(place, "list_own", OWN, rows)


def _who(dossier: Dossier, value: str | Unknown | None) -> str:
    return NONE if value is None else dossier.who(value)


def _level(dossier: Dossier, one: Element) -> str:
    if one.security_level is None:
        return NONE
    return str(one.security_level) if isinstance(one.security_level, int) else dossier.unknown


def list_shared(place: Place) -> Iterator[Block]:
    """List what is shared from above, or somebody else's."""
    dossier = place.dossier
    rows = [
        (
            one,
            (
                *(one.name, one.kind.vi, owner(dossier, one)),
                dossier.coded("hinh-thuc-dung-chung", one.sharing) or NONE,
                lifecycle(dossier, one),
                (one.reference.document if one.reference else None) or NONE,
            ),
        )
        for one in in_code_order(objects(place))
        if is_shared(one)
    ]
    yield from _coded(place, "list_shared", SHARED, rows)


def list_relations(place: Place) -> Iterator[Block]:
    """List who sends, reads, uses what, over which platform."""
    dossier = place.dossier
    elements = dossier.architecture.elements
    shown = {one.id for one in objects(place)}
    rows = []
    for one in dossier.architecture.relations:
        payload = one.payload if isinstance(one.payload, str) else dossier.unknown if one.payload is not None else ""
        exchanged = one.data or payload or one.over
        if {one.source_id, one.target} <= shown and (exchanged or one.verb.value in ("sends", "reads", "uses")):
            ends = (elements[id].name for id in (one.source_id, one.target))
            data = "; ".join(filter(None, (dossier.names(one.data), payload)))
            source, target = ends
            rows.append((source, one.verb.vi, target, data or NONE, dossier.names(one.over) or NONE))
    yield from place.table("list_relations", RELATIONS, numbered_rows(rows))


def list_standards(place: Place) -> Iterator[Block]:
    """List the standards with what follows them."""
    found: dict[str, list[str]] = {}
    for one in objects(place):
        for standard in one.standards:
            found.setdefault(standard, []).append(one.name)
    rows = [(standard, "; ".join(names)) for standard, names in sorted(found.items())]
    yield from place.table("list_standards", STANDARDS, numbered_rows(rows))


def list_work(place: Place) -> Iterator[Block]:
    """List each content with each of its tasks, then the tasks that cover none."""
    dossier, covered = place.dossier, covering(place.dossier)
    tasks = known_tasks(dossier)
    known = {one.id for one in tasks}
    contents = in_code_order(one for one in dossier.architecture.records["contents"].values() if dossier.known(one))
    rows, paired = [], set()
    for content in contents:
        for task in (one for one in covered.get(content.id, ()) if one.id in known):
            paired.add(task.id)
            rows.append((content, task))
    pairs = [*rows, *((None, task) for task in tasks if task.id not in paired)]
    left = [one for one in contents if not any(one is content for content, _ in rows)]
    lines = []
    for about, task in pairs:
        cost = amount_of(task)
        words = number_words(cost, VI) if cost is not None else dossier.unknown
        gap = (code_of(about) or NONE, about.name) if about else (NONE, NONE)
        own = (code_of(task) or NONE, task.name, dossier.who(task.lead), period(dossier, task.period), words)
        lines.append(row(*gap, *own))
    lines += [row(code_of(one) or NONE, one.name, *(NONE,) * 5) for one in left]
    filled = [at for at in range(len(WORK)) if any(plain(line[at].text) != NONE for line in lines)]
    columns = [WORK[at] for at in filled]
    yield from place.table("list_work", columns, [tuple(line[at] for at in filled) for line in lines])


def list_checks(place: Place) -> Iterator[Block]:
    """Give the check list before issue with room for the answers: whoever checks fills them in."""
    lists = place.dossier.words.lists if place.dossier.words else {}
    if CHECK_LIST not in lists or not place.dossier.outline:
        return
    dots = place.dossier.say("common", "dots")
    rows = [(one.vi, dots, dots) for one in lists[CHECK_LIST].words.values()]
    yield from place.table("list_checks", CHECKS, numbered_rows(rows))


def list_mapping(place: Place) -> Iterator[Block]:
    """List what is taken over from other frameworks, with its source."""
    dossier = place.dossier
    rows = []
    for one in in_code_order(objects(place)):
        if one.reference and one.reference.document:
            source = dossier.unknown if isinstance(one.reference.code, Unknown) else one.reference.code or NONE
            mapped = dossier.coded("quan-he-anh-xa", one.mapping) or NONE
            of = (one.reference.document, dossier.who(one.reference.issuer), one.reference.version or NONE)
            rows.append((one, (one.name, *of, source, mapped)))
    yield from _coded(place, "list_mapping", MAPPING, rows)


def list_versions(place: Place) -> Iterator[Block]:
    """List the versions that were handed round, the present one last."""
    dossier = place.dossier
    found = sorted(dossier.architecture.records["versions"].values(), key=lambda one: (one.date, one.id))
    rows = [(one.number, dossier.day(one.date), one.summary or NONE) for one in found]
    yield from place.table("list_versions", VERSIONS, numbered_rows(rows))


TELLERS: Mapping[str, Callable[[Place], Iterator[Block]]] = MappingProxyType(
    {
        **{"list-objects": list_objects, "list-own": list_own, "list-shared": list_shared},
        **{"list-relations": list_relations, "list-standards": list_standards, "list-work": list_work},
        **{"list-checks": list_checks, "list-mapping": list_mapping, "list-versions": list_versions},
    }
)
