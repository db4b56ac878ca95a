"""Ids that name nothing, verbs that join what they may not, ids that look alike: checked over all files at once."""

from __future__ import annotations

import re
from collections.abc import KeysView, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from kientruc.loading.gathered import ID, Gathered, proposal
from kientruc.loading.keys import may_be_unknown, takes_list
from kientruc.loading.meant import Names, says_unknown
from kientruc.loading.nearest import close
from kientruc.loading.relations import VERBS
from kientruc.loading.uses import Sections, dangling
from kientruc.model.architecture import OWN_ID_SPACE, SINGULAR, Head
from kientruc.model.element import Relation
from kientruc.model.verbs import Verb, groups_of
from kientruc.reading.tree import Mapping as Node
from kientruc.reading.tree import Written
from kientruc.source import Span

COMPARISONS = 500_000  # a "did you mean" compares a name with all ids: past so many, further names get none
_JOINT = re.compile(r"(?<=\d)[._-]+(?=\d)")
_SEPARATORS = str.maketrans("", "", "._-")
_BETWEEN = re.compile(r"[,;]")
_ADDRESS = re.compile(r"https?://|www\.")


def check(
    head: Head | None,
    records: dict[str, dict[str, Any]],
    relations: list[Relation],
    gathered: Gathered,
    kindless: set[str],
) -> None:
    """Add a finding for every id that names nothing (one for all its uses) and for every illegal pair."""
    _check_clashes(gathered)
    ids = _Ids(gathered)
    for defaults, origin in gathered.defaults:
        ids.check(defaults, origin)
    if head is not None:
        ids.check(head, head.origin)
    for section in records.values():
        for record in section.values():
            ids.check(record, record.origin)
    for relation in relations:
        if relation.origin.node is not None:  # a bare id says nothing else
            ids.check(relation, relation.origin)
    kinds: dict[str, str | None] = dict.fromkeys(gathered.sections["elements"])  # None where it could not be made
    kinds |= {id: element.kind._value_ for id, element in records["elements"].items() if id not in kindless}
    for relation in relations:
        source, target = kinds.get(relation.source_id), kinds.get(relation.target)
        if not (source and target and _joins(relation.verb._value_, source, target)):
            _pair(relation, kinds, ids, gathered)
    if gathered.whole:
        ids.tell_missing()


class _Unions(dict[Sections, frozenset[str]]):
    """The ids of several sections together, made when first asked for."""

    def __init__(self, known: Mapping[str, KeysView[str]]) -> None:
        self.known = known

    def __missing__(self, sections: Sections) -> frozenset[str]:
        found = self[sections] = frozenset().union(*(self.known[section] for section in sections))
        return found


class _Miss(NamedTuple):
    """A place where an id names nothing: where it was looked for, what the field is called, and what it takes."""

    sections: Sections
    at: Span
    field: str
    is_open: bool  # it may be said to be unknown
    is_list: bool


class _Ids:
    """Which ids there are, by section, and the ones that were looked for in vain."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.known = {section: entries.keys() for section, entries in gathered.sections.items()}
        self.unions = _Unions(self.known)
        self.names = Names(gathered.sections)
        self.missing: dict[str, list[_Miss]] = {}

    def check(self, record: BaseModel, origin: Written) -> None:
        """Note the uses that name nothing. What was filled in from defaults is checked where the defaults stand."""
        for sections, id, path, is_key in dangling(record, self.unions):
            if origin.has(*path):
                at = origin.key_span(*path) if is_key else origin.span(*path)
                field = str(path[0])
                is_open = len(path) == 1 and may_be_unknown(type(record), field)
                self.miss(id, _Miss(sections, at, field, is_open, is_key or takes_list(type(record), field)))

    def miss(self, id: str, where: _Miss) -> None:
        if id not in self.gathered.lost:
            self.missing.setdefault(id, []).append(where)

    def tell_missing(self) -> None:
        """Report each id once, at its first use, the others beside it."""
        firsts = {id: min(one.at.order for one in found) for id, found in self.missing.items()}
        left = COMPARISONS
        hidden = _hidden(self.gathered, firsts.keys())
        for index, id in enumerate(sorted(firsts, key=lambda id: firsts[id])):
            if self.gathered.findings.full:
                self.gathered.findings.count(len(firsts) - index)
                return
            left -= len(self.known["elements"]) + 1
            first, *others = sorted(self.missing[id], key=lambda one: one.at.order)
            sections = min((one.sections for one in (first, *others)), key=len)
            elsewhere = next((section for section, known in self.known.items() if id in known), "")
            near = self._near(id, sections) if left > 0 and id not in hidden else ""
            code, values = ("M-REF", {}) if near or elsewhere or id in hidden else self._meant(id, first, left > 0)
            if elsewhere == "retired":
                code, near = "M-RETIRED", self._successor(id, sections)
            self.gathered.find(
                code,
                first.at,
                tuple(one.at for one in others),
                id=id,
                near=near,
                hidden=str(hidden.get(id, "")),
                sections=", ".join(sections),
                elsewhere=elsewhere,
                count=str(1 + len(others)),
                declared=id if ID.fullmatch(id) else proposal(id),
                **values,
            )

    def _near(self, id: str, sections: Sections) -> str:
        """Give the id that is nearly this one, or nearly what a name that was written would be as an id."""
        known = self.unions[sections]
        return close(id, known) or close(proposal(id), known) or self.names.id_of(id, sections)

    def _meant(self, id: str, miss: _Miss, has_time: bool) -> tuple[str, dict[str, str]]:
        """Tell what was meant by what can be no id of a record: that nobody knows, several ids, an address.

        Returns:
            The code of the finding, and what its sentences say besides.
        """
        if says_unknown(id):
            return ("M-UNKNOWN" if miss.is_open else "M-UNSAID"), {"field": miss.field, "found": id}
        if "sources" in miss.sections and _ADDRESS.match(id):
            return "M-ADDRESS", {"field": miss.field}
        parts = [part.strip() for part in _BETWEEN.split(id)]
        if len(parts) > 1 and all(parts) and has_time:
            meant = [part if part in self.unions[miss.sections] else self._near(part, miss.sections) for part in parts]
            if any(meant):
                listed = ", ".join(near or part for near, part in zip(meant, parts, strict=True))
                return ("M-LIST" if miss.is_list else "M-ONE"), {"field": miss.field, "shape": f"[{listed}]"}
        return "M-REF", {}

    def _successor(self, id: str, sections: Sections) -> str:
        """Give what took the place of a retired id, if that may be named where the id was."""
        successor = self.gathered.sections["retired"][id].node.get("successor")
        return successor if isinstance(successor, str) and successor in self.unions[sections] else ""


def _hidden(gathered: Gathered, missing: KeysView[str]) -> dict[str, Span]:
    """Find records that nobody can name because they stand inside another one, where they are no record."""
    nodes = (entry.node for entries in gathered.sections.values() for entry in entries.values()) if missing else ()
    return {
        str(key): node.key_span(key)
        for node in nodes
        for key in missing & node.keys()
        if isinstance(node[key], Node) and key not in VERBS
    }


def _pair(relation: Relation, kinds: Mapping[str, str | None], ids: _Ids, gathered: Gathered) -> None:
    """Check one relation's ends; an end without a kind is reported already."""
    verb, id = relation.verb, relation.target
    if gathered.lost and not gathered.lost.isdisjoint((relation.source_id, id)):
        return
    source = kinds[relation.source_id] if relation.source_id in kinds else _section_of(relation.source_id, ids)
    if relation.source_id in kinds and id in kinds:
        target = kinds[id]
    else:
        sections = ends(verb, source)
        others = (name for name in SINGULAR if name not in OWN_ID_SPACE)
        section = next((name for name in (*sections, *others) if id in ids.known[name]), None)
        if section is None and id not in kinds:
            at = relation.origin.span("to", id)
            ids.miss(id, _Miss(sections or ("elements",), at, verb.value, False, True))
            return
        target = SINGULAR.get(section or "", kinds.get(id))
    if source is None or target is None or _joins(verb._value_, source, target) or not gathered.room():
        return
    gathered.find(
        "M-PAIR",
        relation.origin.span("to", id),
        verb=verb.value,
        source=relation.source_id,
        source_kind=source,
        target=id,
        target_kind=target,
        allowed=", ".join(verb.targets_from(groups_of(source))),
        verbs=", ".join(other.value for other in Verb if _joins(other.value, source, target)),
    )


@cache
def _joins(verb: str, source: str, target: str) -> bool:
    return VERBS[verb].joins(groups_of(source), groups_of(target))


def _section_of(id: str, ids: _Ids) -> str | None:
    """Name what a relation starts from, if it is no element: a section's singular; None where it is broken."""
    return next((SINGULAR[section] for section in ("tasks", "goals", "components") if id in ids.known[section]), None)


@cache
def ends(verb: Verb, source: str | None) -> Sections:
    """Give the sections a verb's target is looked for in, the likeliest first; only components reach components."""
    names = set(verb.targets_from(groups_of(source))) if source else {"application"}
    sections = tuple(section for section, singular in SINGULAR.items() if singular in names)
    return (("elements",) if names - set(SINGULAR.values()) else ()) + sections


def _check_clashes(gathered: Gathered) -> None:
    """Warn of ids that differ only by separators; between two digits a separator keeps numbers apart."""
    own = [{id: entry.origin for id, entry in gathered.sections[name].items()} for name in sorted(OWN_ID_SPACE)]
    for places in (gathered.places, *own):
        if len({id.translate(_SEPARATORS) for id in places}) == len(places):
            continue
        seen: dict[str, str] = {}
        for id in sorted(places, key=lambda id: places[id].span().order):
            other = seen.setdefault(_JOINT.sub("\0", id).translate(_SEPARATORS), id)
            if other != id:
                gathered.warn("M-IDCLASH", places[id].span(), (places[other].span(),), id=id, other=other)
