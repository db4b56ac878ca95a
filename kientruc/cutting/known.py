"""An architecture as it was known on a day: what was only seen later goes, and whatever leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from kientruc.cutting.redaction import GONE, Redaction
from kientruc.model.approval import Decision, Hearing, Round, Step, Version
from kientruc.model.architecture import OWN_ID_SPACE, SECTIONS, Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.legal import LegalDocument, Source
from kientruc.model.organisation import Organisation
from kientruc.model.planning import State, StateRole
from kientruc.model.record import Record
from kientruc.model.values import Access


def known_on(architecture: Architecture, day: date) -> Architecture:
    """Leave out what was not known on a day; the same architecture where nothing had to go.

    A record goes whose `as_of`, else every source of it, is later; of sources and legal texts their own day tells. So
    go bodies that came later, hearings, rounds, decisions and versions that came later, elements that only such states
    know, and what is about nothing else. Fields seen later are blank; a body's end and its heir are not told before it
    ended: who is asked instead of it, is asked. A step that came to stand as it does later is told as not begun.
    What has no day stays.
    """
    cutter = _Cutter(architecture, day)
    return cutter.cut() if cutter.is_needed else architecture


R = TypeVar("R", bound=Record)


class _Then(Redaction):
    """Goes through records; who was to be asked of a body that came later is asked of the one before it."""

    def __init__(self, gone: frozenset[str], own: Mapping[str, frozenset[str]], before: Mapping[str, str]) -> None:
        super().__init__(Access.RESTRICTED, gone, own, lambda text: False)
        self.before = before

    def _str(self, value: str, path: tuple[str | int, ...], gone: frozenset[str], free: bool) -> Any:
        if path[-1] == "ask" and value in gone and value in self.before:
            return self.before[value]
        return super()._str(value, path, gone, free)


class _Cutter:
    """Cuts one architecture for a day."""

    def __init__(self, architecture: Architecture, day: date) -> None:
        self.whole, self.day = architecture, day
        self.gone: dict[str, set[str]] = {section: set() for section in SECTIONS}
        for section in ("sources", "states", *SECTIONS):  # the others ask for these
            self.gone[section] |= {id for id, one in architecture.records[section].items() if self._is_late(one)}
        kept = {architecture.head.agency, *architecture.head.authors}
        self.gone["organisations"] -= kept
        self.then = {section: {id: self._blank(one) for id, one in self._left(section)} for section in SECTIONS}

    @property
    def is_needed(self) -> bool:
        """Whether anything was seen later, or anything of what stays."""
        changed = (one is not self.whole.records[section][id] for section in SECTIONS for id, one in self._now(section))
        return any(self.gone.values()) or any(self._is_late(one) for one in self.whole.relations) or any(changed)

    def cut(self) -> Architecture:
        """Let things go until nothing left needs one that went."""
        redaction = self._redaction()
        while self._let_go(redaction):
            redaction = self._redaction()
        records = {
            section: MappingProxyType({id: redaction.record(one) for id, one in self._now(section)})
            for section in SECTIONS
        }
        relations = tuple(redaction.record(one) for one in self.whole.relations if self._stays(one))
        head = self._blank(self.whole.head)
        head = redaction.record(head, kept=frozenset(("edition",)))
        return Architecture(head, records, relations, self.whole.sources_sha256, self.whole.left_out)

    def _left(self, section: str) -> Iterator[tuple[str, Record]]:
        return ((id, one) for id, one in self.whole.records[section].items() if id not in self.gone[section])

    def _now(self, section: str) -> Iterator[tuple[str, Record]]:
        return ((id, one) for id, one in self.then[section].items() if id not in self.gone[section])

    def _let_go(self, redaction: Redaction) -> bool:
        """Let go what cannot stand without what went; tell whether there was any."""
        count = sum(map(len, self.gone.values()))
        for section in SECTIONS:
            self.gone[section] |= {id for id, one in self._now(section) if self._falls(one, redaction)}
        return sum(map(len, self.gone.values())) > count

    def _falls(self, record: Record, redaction: Redaction) -> bool:
        if isinstance(record, Organisation) and record.part_of in self.gone["organisations"]:
            return True
        return redaction.record(record) is GONE

    def _redaction(self) -> Redaction:
        own = {section: frozenset(self.gone[section]) for section in OWN_ID_SPACE}
        before: dict[str, str] = {}
        for id, one in self._now("organisations"):
            told = self.whole.organisations[id].successor or ()
            before |= dict.fromkeys((told,) if isinstance(told, str) else told, one.id)
        return _Then(self._shared(), own, before)

    def _stays(self, relation: Relation) -> bool:
        return not self._is_late(relation) and self._shared().isdisjoint((relation.source_id, relation.target))

    def _shared(self) -> frozenset[str]:
        return frozenset(id for section, ids in self.gone.items() if section not in OWN_ID_SPACE for id in ids)

    def _is_late(self, record: Record) -> bool:
        if record.as_of:
            return record.as_of > self.day
        if own := _DAYS.get(type(record)):
            of = own(record)
            is_this = isinstance(record, Version) and record.number == self.whole.head.version
            return isinstance(of, date) and of > self.day and not is_this
        if isinstance(record, Organisation) and record.from_:
            return record.from_ > self.day
        if isinstance(record, State):
            return record.role is StateRole.OBSERVED and record.from_ is not None and record.from_ > self.day
        if isinstance(record, Element) and record.states and self.gone["states"].issuperset(record.states):
            return True
        return self._seen_late(record.sources)

    def _seen_late(self, sources: tuple[str, ...]) -> bool:
        return bool(sources) and self.gone["sources"].issuperset(sources)

    def _blank(self, record: R) -> R:
        """Blank the fields that were seen later, and what happened to a body or a step later."""
        new: dict[str, Any] = {}
        for field, said in record.provenance.items():
            of = (said.source,) if said.source else ()
            if (said.as_of is not None and said.as_of > self.day) or (said.as_of is None and self._seen_late(of)):
                name, _, key = field.partition(".")
                name = next((own for own, of in type(record).model_fields.items() if name in (own, of.alias)), name)
                told = type(record).model_fields.get(name)
                old = new.get(name, getattr(record, name, None))
                if key and isinstance(old, dict):
                    new[name] = {one: value for one, value in old.items() if one != key}
                elif not key and told and not told.is_required():
                    new[name] = told.get_default(call_default_factory=True)
        if isinstance(record, Organisation):
            if record.until and record.until > self.day:
                new |= {"until": None, "successor": None}
            new |= {"people": people} if (people := self._people(record)) != record.people else {}
        if isinstance(record, Step) and isinstance(record.since, date) and record.since > self.day:
            new |= {"state": "pending", "since": None, "hearing": None, "decision": None}
        return record.model_copy(update=new) if new else record

    def _people(self, body: Organisation) -> tuple[Any, ...]:
        return tuple(one for one in body.people if one.source is None or not self._seen_late((one.source,)))


_DAYS: Mapping[type[Record], Callable[[Any], object]] = MappingProxyType(
    {
        Source: lambda one: one.date,
        LegalDocument: lambda one: one.date or one.from_,
        Hearing: lambda one: one.date,
        Round: lambda one: one.opened,
        Decision: lambda one: one.date,
        Version: lambda one: one.date,
    }
)
