"""Two loaded architectures to their difference."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.comparing.causes import Causes, relation_with_causes, unconfirmed, with_causes
from kientruc.comparing.difference import (
    COURSE,
    HEAD,
    Difference,
    FieldChange,
    Nature,
    RecordChange,
    Side,
    What,
)
from kientruc.comparing.leaves import Leaf, leaves
from kientruc.comparing.plain import Ids, all_leaves, differing, is_same, nature_of, plain, successors_of
from kientruc.comparing.relations import relation_changes
from kientruc.comparing.renames import renames
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.model.record import Record

UNRELATED = 0.1  # of the ids of the smaller: two architectures that share fewer are not versions of one


def compare(old: Architecture, new: Architecture, old_sha256: str = "") -> Difference:
    """Compare two versions of one architecture.

    Args:
        old_sha256: the hash of the old model, by which the new one may record it as a version.
    """
    known = renames(old, new)
    ids = Ids({named: new_id for named, (new_id, _) in known.items()}, old, new)
    causes = Causes(old, new, ids)
    records = [with_causes(one, causes) for one in _record_changes(old, new, ids, known)]
    became = {(one.section, one.id): one.what for one in records}
    relations = [relation_with_causes(one, causes, became) for one in relation_changes(old, new, ids)]
    return Difference(
        old=_side(old),
        new=_side(new),
        records=tuple(records),
        relations=tuple(relations),
        unconfirmed=tuple(unconfirmed(causes, records, relations)),
        known_as=tuple(one.number for one in new.records["versions"].values() if _hash(one.model) == old_sha256 != ""),
        disputed=disputed(old, new, old_sha256),
    )


def are_related(old: Architecture, new: Architecture) -> bool:
    """Tell whether two may be versions of one architecture: they share its id, or a tenth of the smaller one's ids."""
    mine, its = ({(type(one).section, one.id) for one in side.all_records()} for side in (old, new))
    return old.head.id == new.head.id or len(mine & its) >= UNRELATED * max(1, min(len(mine), len(its)))


def _side(architecture: Architecture) -> Side:
    head = architecture.head
    return Side(head.id, head.version or "", head.cut_off)


def _hash(written: str | None) -> str:
    return (written or "").strip().lower().removeprefix("sha256:").strip()


def disputed(old: Architecture, new: Architecture, sha256: str) -> str:
    """Give the old one's version where the new one records it with the hash of another model."""
    number = old.head.version or ""
    recorded = {_hash(one.model) for one in new.records["versions"].values() if one.model and one.number == number}
    return number if sha256 and recorded and sha256 not in recorded else ""


def _record_changes(
    old: Architecture, new: Architecture, ids: Ids, known: dict[tuple[str, str], tuple[str, str]]
) -> Iterator[RecordChange]:
    yield from _head(old, new, ids)
    for section in SECTIONS:
        before, after = old.records[section], new.records[section]
        matched = {known[section, id][0] for id in before if (section, id) in known}
        found = [_added(section, id, after[id]) for id in after if id not in before and id not in matched]
        for id, record in before.items():
            now, how = known.get((section, id), (id, ""))
            if now not in after:
                found.append(_removed(section, id, record, new))
            elif how or not is_same(record, after[now]) or ids.uses(record):
                found += _changed(section, id, now, how, _fields(record, after[now], old, new, ids))
        yield from sorted(found, key=lambda one: one.id)


def _head(old: Architecture, new: Architecture, ids: Ids) -> Iterator[RecordChange]:
    own = leaves(old.head.id, new.head.id, ("id",))
    fields = [FieldChange(*leaf, nature_of(HEAD, leaf.path)) for leaf in own]
    fields += _fields(old.head, new.head, old, new, ids)
    if fields:
        nature = Nature.COURSE if all(one.nature is Nature.COURSE for one in fields) else Nature.CONTENT
        yield RecordChange(What.CHANGED, HEAD, new.head.id, old.head.id, tuple(fields), nature)


def _fields(one: Record, other: Record, old: Architecture, new: Architecture, ids: Ids) -> list[FieldChange]:
    section = type(other).section
    nature = _nature(section)
    return [
        FieldChange(*leaf, nature_of(section, leaf.path) if nature is Nature.CONTENT else nature)
        for leaf in differing(plain(one, old, ids), plain(other, new, ids))
    ]


def _nature(section: str) -> Nature:
    if section in COURSE:
        return Nature.COURSE
    return Nature.EVIDENCE if section == "sources" else Nature.CONTENT


def _all(section: str, record: Record, came: bool) -> tuple[FieldChange, ...]:
    nature = _nature(section)

    def of(leaf: Leaf) -> Nature:
        return nature_of(section, leaf.path) if nature is Nature.CONTENT else nature

    return tuple(FieldChange(*leaf, of(leaf)) for leaf in all_leaves(record, came))


def _added(section: str, id: str, record: Record) -> RecordChange:
    return RecordChange(What.ADDED, section, id, "", _all(section, record, True), _nature(section))


def _removed(section: str, id: str, record: Record, new: Architecture) -> RecordChange:
    successors = successors_of(new.records["retired"].get(id))
    fields = _all(section, record, False)
    return RecordChange(What.REMOVED, section, id, id, fields, _nature(section), successors=successors)


def _changed(section: str, id: str, now: str, how: str, fields: list[FieldChange]) -> list[RecordChange]:
    if not how and not fields:
        return []
    what = What.RENAMED if how else What.CHANGED
    return [RecordChange(what, section, now, id, tuple(fields), _nature(section), matched=how)]
