"""A change that is ready to be written: loaded again, and nothing says anything else but what was to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from kientruc.editing.patch import Patch
from kientruc.editing.refused import EditRefused
from kientruc.errors import UsageError
from kientruc.loading import Loaded, load
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.record import Record
from kientruc.refactoring.occurrences import HEAD

Target = tuple[str, str]  # section and id of a record


@dataclass(frozen=True, slots=True)
class Changed:
    """The patch, the record that changes, what comes of loading it, and what else the user should know.

    A note is the key of a sentence and what fills it.
    """

    patch: Patch
    section: str
    id: str
    after: Loaded
    notes: tuple[tuple[str, dict[str, str]], ...] = ()

    @property
    def record(self) -> Record:
        """The record as it will be."""
        assert self.after.architecture is not None
        return record_of(self.after.architecture, self.section, self.id)


class WouldBreak(UsageError):
    """What was asked for is wrong: `loaded` tells as loading does, of the files as they would be."""

    def __init__(self, loaded: Loaded) -> None:
        super().__init__("change.wrong", count=str(len(loaded.findings) + loaded.more))
        self.loaded = loaded


def record_of(architecture: Architecture, section: str, id: str) -> Record:
    """Give a record, or the head."""
    found: Record = architecture.head if section == HEAD else architecture.records[section][id]
    return found


def changed(
    root: Path,
    loaded: Loaded,
    patch: Patch,
    target: Target,
    fields: Collection[str] | None = None,
    notes: Iterable[tuple[str, dict[str, str]]] = (),
) -> Changed:
    """Load what a patch makes of an architecture, and see that only one record says something else.

    Args:
        fields: the fields of it that may change; None for all.
    Raises:
        WouldBreak: something is wrong then that is not now.
        EditRefused: something else would change its meaning.
    """
    before = loaded.architecture
    assert before is not None
    after = load(root, loaded.limits, {edited.file.path: edited.data for edited in patch.files})
    if after.architecture is None:
        raise WouldBreak(after)
    if odd := other(before, after.architecture, target, fields):
        raise EditRefused("change.other", section=odd[0], id=odd[1])
    new = Counter(one.fingerprint for one in after.findings) - Counter(one.fingerprint for one in loaded.findings)
    told = [one for one in after.findings if one.fingerprint in new]
    return Changed(patch, *target, after._replace(findings=tuple(told)), tuple(notes))


def other(
    before: Architecture, after: Architecture, target: Target | None, fields: Collection[str] | None = None
) -> Target | None:
    """Find what says something else, apart from some fields of one record; None if nothing does."""
    if target != (HEAD, before.head.id) and before.head != after.head:
        return HEAD, before.head.id
    for section, records in before.records.items():
        others = after.records[section]
        for id in {**records, **others}:
            one, its = records.get(id), others.get(id)
            if (section, id) == target:
                if one and its and fields is not None and _left(one, fields) != _left(its, fields):
                    return target
            elif one != its:
                return section, id
    mine = target[1] if target else ""
    theirs, ours = (
        [
            _left(one, fields or ()) if one.source_id == mine else one
            for one in architecture.relations
            if not _free(one, mine, fields)
        ]
        for architecture in (before, after)
    )
    return None if theirs == ours else ("relations", mine)


def _free(relation: Relation, mine: str, fields: Collection[str] | None) -> bool:
    """Tell whether a relation of the record that changes may become another."""
    return relation.source_id == mine and (fields is None or relation.verb.value in fields)


def _left(record: Record, fields: Collection[str]) -> dict[str, object]:
    """Give what a record says but for some fields; what is said of where these come from changes with them."""
    data = record.model_dump(by_alias=False, exclude={"provenance"})
    names = {field.alias or name: name for name, field in type(record).model_fields.items()}
    for field in fields:
        data.pop(names.get(field, field), None)
    kept = {key: one for key, one in record.provenance.items() if key.partition(".")[0] not in fields}
    return {**data, "provenance": kept}
