"""One architecture cut for its readers: what is above them goes, and so does whatever leads to it or tells of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kientruc.cutting.mentions import Mentions, names, terms
from kientruc.cutting.redaction import GONE, ID, Redaction, Withheld
from kientruc.errors import UsageError
from kientruc.model.architecture import OWN_ID_SPACE, SECTIONS, Architecture, LeftOut
from kientruc.model.element import Relation
from kientruc.model.record import Record
from kientruc.model.values import Access

Secret = Callable[[str], bool]


class NotTold(UsageError):
    """The agency, or the architecture itself, is not for these readers: there is nothing to be made for them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An architecture as some readers may have it, beside the whole; the same one where nothing had to go.

    `withheld` are the texts that were replaced, for the author alone: they say where in the files each stands.
    """

    access: Access
    whole: Architecture
    architecture: Architecture
    gone: frozenset[str] = frozenset()  # ids that nothing left may name
    withheld: tuple[Withheld, ...] = ()
    is_named: Secret = field(default=lambda text: False)  # whether a sentence of the tool's own tells of any of it

    @property
    def is_whole(self) -> bool:
        """Whether nothing was cut."""
        return self.architecture is self.whole


def cut(
    architecture: Architecture,
    access: Access,
    secret: Secret = lambda text: False,
    also: Collection[str] = (),
    but: Collection[str] = (),
) -> Cut:
    """Cut an architecture for its readers.

    What bears a higher word goes; so does a relation with an end that goes, and a record about nothing else. What is
    left names nothing that went, and carries no place in a file. For the public also go secrets, and the fields in
    `redaction.WITHHELD`.

    Args:
        secret: tells whether a text holds what nobody in public may read, an inner address or a password.
        also: ids of more things that go, as an earlier or later version has them.
        but: ids of things that stay, for a reader who owns them.
    Raises:
        NotTold: the agency or the architecture itself is above the readers.
    """
    above = _above(architecture, access, frozenset(also), frozenset(but))
    if access is not Access.PUBLIC and not any(above.values()):
        return Cut(access, architecture, architecture)
    return _Cutter(architecture, access, secret, above, frozenset(but)).cut()


def above_ids(architecture: Architecture, access: Access) -> frozenset[str]:
    """Give the ids of what is above some readers."""
    return frozenset().union(*_above(architecture, access, frozenset(), frozenset()).values())


def _above(
    architecture: Architecture, access: Access, also: frozenset[str], but: frozenset[str]
) -> dict[str, set[str]]:
    """Give the ids above some readers, by section; of relations without an id, what they join."""
    found = {
        section: {
            id
            for id, one in architecture.records[section].items()
            if (id in also or not access.admits(one.access)) and id not in but
        }
        for section in SECTIONS
    }
    found["conclusions"] = {id for id, one in _conclusions(architecture) if not access.admits(one.access)}
    found["relations"] = {_key(one) for one in architecture.relations if not access.admits(one.access)} - but
    return found


def _conclusions(architecture: Architecture) -> Iterator[tuple[str, Record]]:
    for hearing in architecture.records["hearings"].values():
        yield from hearing.conclusions.items()


def _key(relation: Relation) -> str:
    """Name a relation by its id, or by what it joins."""
    return relation.id or f"{relation.source_id}\0{relation.verb.value}\0{relation.target}"


class _Cutter:
    """Cuts one architecture."""

    def __init__(
        self,
        architecture: Architecture,
        access: Access,
        secret: Secret,
        above: dict[str, set[str]],
        but: frozenset[str],
    ) -> None:
        self.whole, self.access, self.secret, self.above, self.but = architecture, access, secret, above, but
        self.gone: frozenset[str] = frozenset()
        self.renamed: list[Withheld] = []  # records that went because their own id names what went

    def cut(self) -> Cut:
        """Let things go until nothing left needs one that went; then go through the texts."""
        head = self.whole.head
        if "access" in head.model_fields_set and not self.access.admits(head.access):
            raise NotTold("cut.head", access=self.access.value)
        self._let_go_by_id()
        redaction = self._redaction(lambda text: False)
        while self._let_go(redaction):
            redaction = self._redaction(lambda text: False)
        if head.agency in self.above["organisations"]:
            raise NotTold("cut.agency", id=head.agency, access=self.access.value)
        self.gone = frozenset(redaction.shared | self.above["components"] | self.above["states"])
        named = Mentions(self._terms())
        untold = (lambda text: named(text) or self.secret(text)) if self.access is Access.PUBLIC else named
        redaction = self._redaction(untold)
        records = {section: self._section(section, redaction) for section in SECTIONS}
        relations = tuple(self._relation(one, redaction) for one in self.whole.relations if self._stays(one))
        clean = redaction.record(head, kept=frozenset(("edition",)))
        publication = "public" if self.access is Access.PUBLIC else "internal"
        clean = clean.model_copy(update={"publication": publication} if head.publication else {})
        left_out = self._left_out(redaction, len(relations))
        architecture = Architecture(clean, records, relations, {}, left_out)
        every = Mentions(self._terms(names))
        is_named = (lambda text: every(text) or untold(text)) if self.access is Access.PUBLIC else every
        return Cut(self.access, self.whole, architecture, self.gone, (*self.renamed, *redaction.withheld), is_named)

    def _redaction(self, untold: Secret) -> Redaction:
        shared = {id for section, ids in self.above.items() if section not in OWN_ID_SPACE for id in ids}
        kept = {id for section in SECTIONS for id in self.whole.records[section].keys() - self.above[section]}
        own = {section: frozenset(self.above[section]) for section in OWN_ID_SPACE}
        loose = (own["components"] | own["states"]) - kept
        return Redaction(self.access, frozenset(shared | loose), own, lambda text: text not in kept and untold(text))

    def _let_go_by_id(self) -> None:
        """Let go records that stand under the name of what went: `dg-kho`, where `kho` may not be told."""
        named = Mentions(id for section in (*SECTIONS, "conclusions") for id in self.above[section])
        for section in SECTIONS:
            for id, record in self.whole.records[section].items():
                if id not in self.above[section] and id not in self.but and named(id):
                    self.renamed.append(Withheld(section, id, ID, record.span()))
        for one in self.renamed:
            self.above[one.section].add(one.id)

    def _let_go(self, redaction: Redaction) -> bool:
        """Let go what cannot stand without what went; tell whether there was any."""
        found = False
        for section in SECTIONS:
            for id, record in self.whole.records[section].items():
                if id not in self.above[section] and id not in self.but and redaction.record(record) is GONE:
                    self.above[section].add(id)
                    found = True
        return found

    def _section(self, section: str, redaction: Redaction) -> Mapping[str, Any]:
        left = ((id, one) for id, one in self.whole.records[section].items() if id not in self.above[section])
        return {id: redaction.record(one) for id, one in left}

    def _relation(self, relation: Relation, redaction: Redaction) -> Relation:
        told = redaction.record(relation)
        return told.model_copy(update={"id": ""}) if redaction.untold(told.id) else told

    def _stays(self, relation: Relation) -> bool:
        told = self.access.admits(relation.access) and not (relation.id and relation.id in self.above["relations"])
        return told and self.gone.isdisjoint((relation.source_id, relation.target))

    def _terms(self, of: Callable[[Record], Iterator[str]] = terms) -> Iterator[str]:
        """Give what names things that went: records, conclusions, relations with an id."""
        for section in SECTIONS:
            for id in self.above[section]:
                yield from of(self.whole.records[section][id])
        yield from self.above["conclusions"]
        for relation in self.whole.relations:
            if not self._stays(relation):
                yield from of(relation)

    def _left_out(self, redaction: Redaction, relations: int) -> LeftOut:
        counts = {section: len(ids) for section, ids in self.above.items() if ids and section != "relations"}
        fewer = len(self.whole.relations) - relations
        return LeftOut(self.access, counts, fewer, redaction.references, len(redaction.withheld))
