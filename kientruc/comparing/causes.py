"""Who asked for a change: the comments, conclusions, conditions and decisions that say they changed a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from kientruc.comparing.difference import Cause, RecordChange, RelationChange, Unconfirmed, What
from kientruc.comparing.plain import Ids, follow
from kientruc.model.approval import Place
from kientruc.model.architecture import FIND_ORDER, Architecture
from kientruc.refactoring.occurrences import resolve

ACCEPTED = ("accepted", "partly")  # verdicts that promise a change


class Said(NamedTuple):
    """A cause with its places, what it is about, its verdict or state, and whether it promises a change."""

    cause: Cause
    places: tuple[Place, ...]
    about: tuple[str, ...]
    verdict: str
    promises: bool


Named = tuple[str, str]  # section and id


def said(architecture: Architecture) -> Iterator[Said]:
    """Give all causes of an architecture, in order of their sections and ids."""
    records = architecture.records
    for id, comment in records["comments"].items():
        accepted = comment.verdict in ACCEPTED
        yield Said(Cause("comments", id), comment.changed, comment.about, str(comment.verdict), accepted)
    for hearing_id, hearing in records["hearings"].items():
        for id, one in sorted(hearing.conclusions.items()):
            answered = one.state in ("partly", "done") or bool(one.answered_by)
            yield Said(Cause("conclusions", id, hearing_id), one.answered_by, one.about, str(one.state), answered)
    for id, condition in records["conditions"].items():
        met = bool(condition.met_on or condition.met_by)
        yield Said(Cause("conditions", id), condition.met_by, condition.about, str(condition.met_on), met)
    for id, decision in records["decisions"].items():
        yield Said(Cause("decisions", id), decision.changed, decision.about, "", bool(decision.changed))


class Causes:
    """The causes of the new architecture that are new, or newly answered, by the records they name."""

    def __init__(self, old: Architecture, new: Architecture, ids: Ids) -> None:
        before = {_today(one.cause, old, new, ids): one for one in said(old)}
        self.by_record: dict[Named, list[Cause]] = defaultdict(list)
        self.naming: dict[Named, set[Cause]] = defaultdict(set)  # who has a record for a place, or is about it
        self.claims: list[tuple[Cause, Named]] = []  # what is said to have changed
        self.placeless: list[Cause] = []  # comments that were accepted, and nobody says where that is seen
        for one in said(new):
            then = before.get(one.cause)
            stood = then is not None and then.verdict == one.verdict
            known = {_key(place, old, ids) for place in then.places} if then and stood else set()
            for id in (*(place.id for place in one.places), *one.about):
                self.naming[_named(id, old, new, ids)].add(one.cause)
            for place in one.places:
                if _key(place, new, ids) not in known:
                    cause = replace(one.cause, fields=tuple(sorted(ids.fields_now(new, place))))
                    named = _named(place.id, old, new, ids)
                    self.by_record[named].append(cause)
                    self.claims += [(cause, named)] if one.promises else []
            if one.promises and not one.places and not stood and one.cause.section == "comments":
                self.placeless.append(one.cause)

    def of(self, named: Named, path: str) -> set[Cause]:
        """Give the causes that name a record, or in it the field under a path; "" for all of it."""
        return {one for one in self.by_record.get(named, ()) if not one.fields or _under(path, one.fields)}

    def of_relation(self, source: Named, path: str, verb: str, target: Named, became: What | None) -> set[Cause]:
        """Give the causes of a relation; the more exactly its place is named, the more it counts.

        Who names the whole source always counts. Beside them count, of these the first there are: who names verb and
        target; who names the verb and has to do with the target, and for whose sake the target came or went; who names
        the verb alone; who gave the target another id.

        Args:
            path: of the relation or of a field of it, as the source's fields would name it: `covers[nd-05]`.
            became: what became of the target itself, if anything.
        """
        here, there = self.of(source, path), self.of(target, "")
        whole = {one for one in here if not one.fields}
        broad = {one for one in here - whole if _under(path, set(one.fields) & {verb})}
        concerned = {one for one in broad if replace(one, fields=()) in self.naming[target]}
        came_or_went = there if became in (What.ADDED, What.REMOVED) else set()
        renamed = there if became is What.RENAMED and not whole else set()
        exact = here - whole - broad
        return whole | (exact or (concerned | came_or_went) or broad or renamed)


def _under(path: str, fields: Iterable[str]) -> bool:
    """Tell whether a path lies under one of several fields."""
    return any(_lies(path, field) for field in fields)


def _lies(path: str, field: str) -> bool:
    """Tell whether a path lies under a field: `cost[2027,tinh].amount` does under `cost`, `cost[2027]`, `cost.2027`."""
    if path == field or path.startswith((f"{field}.", f"{field}[")):
        return True
    many, _, one = field.replace("[", ".", 1).removesuffix("]").partition(".")
    return bool(one) and path.startswith((f"{many}[{one}]", f"{many}[{one},"))


def _today(cause: Cause, old: Architecture, new: Architecture, ids: Ids) -> Cause:
    """Give a cause of the old architecture by today's ids; a conclusion with another id says the same."""
    if cause.section != "conclusions":
        return replace(cause, id=ids.renamed.get((cause.section, cause.id), cause.id))
    hearing = ids.renamed.get(("hearings", cause.hearing), cause.hearing)
    before = old.records["hearings"][cause.hearing].conclusions
    after = new.records["hearings"][hearing].conclusions if hearing in new.records["hearings"] else {}
    told = before[cause.id].model_dump(exclude={"id"})
    same = [id for id, one in after.items() if id not in before and one.model_dump(exclude={"id"}) == told]
    return replace(cause, hearing=hearing, id=same[0] if cause.id not in after and len(same) == 1 else cause.id)


def _named(id: str, old: Architecture, new: Architecture, ids: Ids) -> Named:
    """Tell which record a place means, by the id it bears now: one that is there, else one that was or followed it."""
    section = resolve(new, FIND_ORDER, id)
    if section in ("", "retired"):
        section = resolve(old, FIND_ORDER, id) or section
    if section == "retired":
        followed = follow(new, id)
        return resolve(new, FIND_ORDER, followed), followed
    return section, ids.renamed.get((section, id), id)


def _key(place: Place, architecture: Architecture, ids: Ids) -> tuple[str, frozenset[str]]:
    return ids.now(architecture, FIND_ORDER, place.id), frozenset(ids.fields_now(architecture, place))


def with_causes(change: RecordChange, causes: Causes) -> RecordChange:
    """Give each line of a record its causes."""
    named = change.section, change.id
    if named not in causes.by_record:
        return change
    fields = tuple(replace(field, causes=_sorted(causes.of(named, field.path))) for field in change.fields)
    own = causes.of(named, "") if change.what is not What.CHANGED else set()
    return replace(change, fields=fields, causes=_sorted(own))


def relation_with_causes(change: RelationChange, causes: Causes, became: Mapping[Named, What]) -> RelationChange:
    """Give each line of a relation its causes.

    Args:
        became: what became of the records that changed.
    """
    source, target = (change.section, change.source), (change.target_section, change.target)
    if source not in causes.by_record and target not in causes.by_record:
        return change

    def of(path: str) -> tuple[Cause, ...]:
        found = causes.of_relation(source, path, change.verb, target, became.get(target))
        limited = {replace(one, fields=()) for one in found if one.fields}
        return _sorted(found - limited)  # who names the verb and the whole target is told once

    fields = tuple(replace(field, causes=of(f"{change.path}.{field.path}")) for field in change.fields)
    return replace(change, fields=fields, causes=of(change.path) if change.what is not What.CHANGED else ())


def _sorted(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(causes, key=lambda one: one.order))


def unconfirmed(
    causes: Causes, records: Iterable[RecordChange], relations: Iterable[RelationChange]
) -> Iterator[Unconfirmed]:
    """Give what is said to have changed and did not, and the accepted comments that name no place."""
    changed: dict[Named, set[str]] = defaultdict(set)
    for record in records:
        changed[record.section, record.id].update(field.path for field in record.fields)
    for relation in relations:
        paths = [f"{relation.path}.{field.path}" for field in relation.fields]
        changed[relation.section, relation.source].update((relation.path, *paths))
        changed.setdefault((relation.target_section, relation.target), set())
    for cause, named in causes.claims:
        there = changed.get(named, set())
        stayed = tuple(field for field in cause.fields if not any(_under(path, (field,)) for path in there))
        if stayed or named not in changed:
            yield Unconfirmed(cause, *named, stayed)
    yield from map(Unconfirmed, causes.placeless)
