"""Rows that are gone from an edited form: records are retired and connections taken out, where nothing needs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.editing.refused import EditRefused
from kientruc.finding import Finding, Severity
from kientruc.intake.added import Added, loads
from kientruc.loading import Loaded
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.record import Named, Record
from kientruc.model.verbs import Verb
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Sequence
from kientruc.source import Span


@dataclass
class Gone:
    """What rows are missing: records by section and id, and connections by their ends, with what was exchanged."""

    records: dict[tuple[str, str], str] = field(default_factory=dict)  # with their names
    relations: list[Relation] = field(default_factory=list)
    covers: list[tuple[str, str]] = field(default_factory=list)  # task and gap


@dataclass(frozen=True, slots=True)
class Retired:
    """The patch, what it takes out, and what had to stay."""

    patch: Patch
    gone: tuple[str, ...]
    findings: tuple[Finding, ...]


def retire(loaded: Loaded, gone: Gone, reason: str, at: Span, limits: Limits) -> Retired:
    """Take out what is gone, and list its ids as retired; what something else still names stays, and is told.

    Args:
        loaded: must hold an architecture.
        reason: why, as it will stand with each id.
        at: the workbook.
    Raises:
        EditRefused: a file cannot be edited, or would not load afterwards.
    """
    assert loaded.architecture is not None
    wanted, findings = dict(gone.records), list[Finding]()
    while True:
        patch, names = _patch(loaded, loaded.architecture, gone, wanted, reason, limits)
        after = loads(loaded, patch)
        if after.architecture is not None:
            return Retired(patch, names, tuple(findings))
        used = [(one, key) for one in after.findings for key in wanted if key[1] in one.values.values()]
        if not used:
            code = after.findings[0].code if after.findings else "–"
            raise EditRefused("survey.breaks", code=code, where=str(after.findings[0].span) if after.findings else "–")
        for finding, key in used:
            if wanted.pop(key, None):
                values = {"found": gone.records[key], "where": str(finding.span or "–")}
                findings.append(Finding("F-USED", at, values, severity=Severity.MAJOR))


def _patch(
    loaded: Loaded,
    architecture: Architecture,
    gone: Gone,
    wanted: Iterable[tuple[str, str]],
    reason: str,
    limits: Limits,
) -> tuple[Patch, tuple[str, ...]]:
    edits = Edits(loaded.files, limits)
    added = Added(loaded, architecture, edits)
    keys = set(wanted)
    names: list[str] = []
    for section, id in sorted(keys):
        record: Record = architecture.records[section][id]
        path, steps = added.where(record)
        edits.delete(path, steps)
        name = record.name if isinstance(record, Named) else id
        added.add("retired", id, {"name": name, "reason": reason})
        names.append(id)
    left = {id for section, id in keys if section in ("elements", "tasks")}
    found = [one for one in _relations(architecture, gone, keys) if one.source_id not in left]
    _unrelate(added, architecture, found)
    added.write()
    return edits.patch(), (*names, *(f"{one.source_id} → {one.target}" for one in found))


def _relations(architecture: Architecture, gone: Gone, keys: set[tuple[str, str]]) -> list[Relation]:
    """Give the connections that are to go: those of missing rows, and what covers a gap that goes."""
    wanted = {_says(one) for one in gone.relations}
    covers = {*gone.covers}
    return [
        one
        for one in architecture.relations
        if _says(one) in wanted
        or (one.verb is Verb.COVERS and ((one.source_id, one.target) in covers or ("contents", one.target) in keys))
    ]


def _says(one: Relation) -> tuple[object, ...]:
    return (one.source_id, one.verb, one.target, one.data, one.payload)


def _unrelate(added: Added, architecture: Architecture, gone: list[Relation]) -> None:
    """Take entries of verbs out, as they are written: a key, an item of a list, or one of several targets."""
    all_of: dict[tuple[str, Verb], list[Relation]] = {}
    for one in architecture.relations:
        all_of.setdefault((one.source_id, one.verb), []).append(one)
    for source, verb in dict.fromkeys((one.source_id, one.verb) for one in gone):
        record = architecture.elements.get(source) or architecture.records["tasks"][source]
        path, steps = added.where(record)
        mine = [one for one in gone if (one.source_id, one.verb) == (source, verb)]
        if len(mine) == len(all_of[source, verb]):
            added.edits.delete(path, (*steps, verb.value))
            continue
        done: set[int] = set()
        for one in mine:
            node = one.origin.node
            if node is None:
                added.edits.delete(path, (*steps, verb.value, one.target))
                continue
            targets = node["to"]
            left = isinstance(targets, Sequence) and not {*targets} <= {one.target for one in mine}
            if left:
                added.edits.delete(path, (*added.where(one)[1], "to", one.target))
            elif id(node) not in done:
                done.add(id(node))
                added.edits.delete(path, added.where(one)[1])
