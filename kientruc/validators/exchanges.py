"""Which exchanges a check is about: relations between two groups of systems, however they are written."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import Field, StrictBool

from kientruc.frameworks.vocabulary import Late
from kientruc.graph import NOT_JOINED
from kientruc.model.element import Element, Relation
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.conditions import Vias
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection


class Exchange(NamedTuple):
    """One relation: `own` is the end on our side, `other` the one it is held against."""

    relation: Relation
    own: Element
    other: Element

    @property
    def path(self) -> tuple[str, ...]:
        """The ids from the relation's source to its target with what it goes over between."""
        return (self.relation.source_id, *self.relation.over, self.relation.target)

    @property
    def span(self) -> Span | None:
        """Where the relation is written."""
        return self.relation.span()

    def roles(self, matter: Matter) -> frozenset[str]:
        """Give the roles of everything on its way, both ends included."""
        elements = matter.architecture.elements
        met = (elements[id].role for id in self.path if id in elements)
        return frozenset(role for role in met if role)

    def about(self, matter: Matter) -> dict[str, str]:
        """Fill the placeholders that say which exchange is meant."""
        return {
            **matter.about(self.own),
            "target": self.other.name,
            "target_en": self.other.name_en or self.other.name,
            "target_id": self.other.id,
        }


PLACEHOLDERS = frozenset(("id", "name", "kind", "owner", "target", "target_id"))


class Exchanges(Late):
    """Relations of some verbs, in either direction, between `from` and `with`; not what is said not to be joined.

    A relation of `from` with something else that goes `over` a thing of `with` is an exchange with it too.

    `asked`: a thing of `with` that no relation touches is asked about, for nobody knows whether nothing is there or
    nothing was written.

    `apart`: what stays within one whole, as between a system and the database that is part of it, is no exchange.

    `unjoined`: what is said not to be connected, or to be retired, is a row of a table all the same.
    """

    with_: Selection = Field(alias="with")
    from_: Selection = Field(alias="from")
    via: Vias = ("exchange",)
    asked: StrictBool = False
    apart: StrictBool = True
    unjoined: StrictBool = False

    def of(self, matter: Matter) -> Iterator[Exchange]:
        """Give them in the architecture's canonical order of relations."""
        ours = {element.id: element for element in self.from_.of(matter)}
        theirs = {element.id: element for element in self.with_.of(matter)}
        within = _Within(matter)
        for relation in matter.graph.touching(theirs, self.via, over=True) if ours else ():
            source, target = relation.source_id, relation.target
            through = next((id for id in relation.over if id in theirs), "")
            if source in ours and target in theirs:
                own, other = ours[source], theirs[target]
            elif target in ours and source in theirs:
                own, other = ours[target], theirs[source]
            elif through and source != target and (source in ours or target in ours):
                own, other = ours[source if source in ours else target], theirs[through]
            else:
                continue
            if self.apart and within(source, target):
                continue
            joined = self.unjoined or relation.status not in NOT_JOINED
            if own.id != other.id and joined and matter.graph.is_checked(relation):
                yield Exchange(relation, own, other)

    def unrecorded(self, matter: Matter) -> Iterator[Found]:
        """Give an open outcome for each thing that has to be asked about."""
        if not self.asked:
            return
        theirs = {element.id: element for element in self.with_.of(matter)}
        touched = {end for one in matter.graph.touching(theirs, self.via) for end in (one.source_id, one.target)}
        wanted = self._wanted(matter)
        for id, element in theirs.items():
            if id not in touched:
                verb = (Verb.READS if element.kind is Kind.DATA_STORE else Verb.SENDS).value
                values = {**matter.about(element), "verb": verb, "example": f"{verb}: [{{to: {id}{wanted}}}]"}
                yield Found(Status.MANUAL, "unrecorded", (id,), values, (), element.span())

    def _wanted(self, matter: Matter) -> str:
        """Write the fields of such a relation as all requirements of the edition want them that ask about the same."""
        fields: dict[str, str] = {}
        for requirement in matter.edition.requirements.values():
            for check in requirement.checks:
                exchanges = getattr(check, "exchanges", None)
                if exchanges is not None and exchanges.asked and exchanges.with_ == self.with_:
                    fields |= check.wanted(matter)
        return "".join(f", {key}: {value}" for key, value in sorted(fields.items(), reverse=True))


class _Within:
    """Tells whether two things are parts of one whole, or the one part of the other, however deep."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._wholes: dict[str, frozenset[str]] = {}

    def __call__(self, one: str, other: str) -> bool:
        return not self._of(one).isdisjoint(self._of(other))

    def _of(self, id: str) -> frozenset[str]:
        if id not in self._wholes:
            wholes = self._matter.graph.submitted.reached_from((id,), "whole")
            self._wholes[id] = frozenset(wholes)
        return self._wholes[id]
