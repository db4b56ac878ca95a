"""What a check is asked about: one architecture as a graph, one edition, one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Any

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.graph import ArchitectureGraph, Gap, gap, in_order
from kientruc.messages import has, text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty
from kientruc.result import Answer, Status
from kientruc.source import Span
from kientruc.views.words import answerer

SHOWN = 20  # things named in one outcome; the numbers beside them are exact


@dataclass(frozen=True, slots=True)
class Found:
    """One outcome before it is told which requirement and check it belongs to.

    `certainty`, of a pass: how sure the surest is that it rests on.
    """

    status: Status
    reason: str
    subjects: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    witness: tuple[str, ...] = ()
    span: Span | None = None
    also: tuple[Span, ...] = ()
    certainty: Certainty = Certainty.STATED


class Matter:
    """The architecture, the edition and the day; and how things are called in messages."""

    def __init__(
        self,
        architecture: Architecture,
        edition: Edition,
        on: date,
        answers: Mapping[tuple[str, str], Answer] = MappingProxyType({}),
    ) -> None:
        self.architecture, self.edition, self.on = architecture, edition, on
        self.answers = answers  # of people to open questions, by requirement and check
        self.graph = ArchitectureGraph(architecture)
        self._parts: dict[tuple[ArchitectureGraph, str], tuple[str, ...]] = {}
        self.tests: dict[int, tuple[Any, Any]] = {}  # conditions as functions, by the id of the condition kept beside

    @cached_property
    def is_empty(self) -> bool:
        """Whether there is no architecture yet to hold to anything: neither an element nor a component."""
        return not self.architecture.elements and not self.architecture.components

    @cached_property
    def gap(self) -> Gap | None:
        """The gap between baseline and target; None where the architecture does not have both."""
        return gap(self.architecture)

    @cached_property
    def stated(self) -> tuple[str, ...]:
        """The submitted states, in their order."""
        return tuple(state.id for state in in_order(self.architecture))

    def parts_of(self, id: str, joined: ArchitectureGraph) -> tuple[str, ...]:
        """Give what an element is made of in a graph, however deep, without itself.

        What has ended is no part any more, and what is somebody else's is no part of one's own.
        """
        if (joined, id) not in self._parts:
            elements, graph = self.architecture.elements, self.graph
            below = [one for one in joined.reached_from((id,), "parts") if one != id and not graph.has_ended(one)]
            foreign = id in elements and elements[id].reference is not None
            self._parts[joined, id] = tuple(one for one in below if foreign or elements[one].reference is None)
        return self._parts[joined, id]

    def name(self, id: str) -> dict[str, str]:
        """Give a thing's name in both languages; its id where it has none."""
        record = self.architecture.organisations.get(id) or self.architecture.find(id)
        vi = _called(record) if record else id
        return {"vi": vi, "en": str(getattr(record, "name_en", None) or vi)}

    def records(self, section: str) -> tuple[Any, ...]:
        """Give the records of a section in id order; `architecture` is the head alone.

        Relations come in canonical order, those that belong to the submitted states.
        """
        whole = self.architecture
        if section == "relations":
            return tuple(filter(self.graph.is_checked, whole.relations))
        return (whole.head,) if section == "architecture" else tuple(whole.records[section].values())

    def names(self, ids: Iterable[str], key: str, between: str = ", ") -> dict[str, str]:
        """Fill a placeholder with the names of some things, the first twenty of them."""
        return self._listed([self.name(id) for id in islice(ids, SHOWN + 1)], key, between)

    def named(self, records: Iterable[Record], key: str) -> dict[str, str]:
        """Fill a placeholder with the names of some records, relations among them, the first twenty."""
        about = [self.about(record) for record in islice(records, SHOWN + 1)]
        return self._listed([{"vi": one["name"], "en": one["name_en"]} for one in about], key, ", ")

    def _listed(self, found: Sequence[Mapping[str, str]], key: str, between: str) -> dict[str, str]:
        if not found:
            return self.nothing(key)
        more = ("…",) if len(found) > SHOWN else ()
        vi, en = (between.join((*(one[lang] for one in found[:SHOWN]), *more)) for lang in ("vi", "en"))
        return {key: vi, f"{key}_en": en}

    def about(self, record: Record) -> dict[str, str]:
        """Fill the placeholders that say which record is meant: id, name, kind, and who answers for it as owner."""
        if isinstance(record, Relation):
            return self._about_relation(record)
        element = record if isinstance(record, Element) else None
        owner = self.graph.value(element, "owner") if element else next(filter(None, _answering(record)), None)
        known = self.name(owner) if isinstance(owner, str) else None
        called = {"owner": known["vi"], "owner_en": known["en"]} if known else self.nothing("owner")
        name = _called(record)
        kind = (element.kind.vi, element.kind.en) if element else _section_words(record.section)
        return {
            "id": record.id,
            "name": name,
            "name_en": str(getattr(record, "name_en", None) or name),
            "kind": kind[0],
            "kind_en": kind[1],
            **called,
        }

    def _about_relation(self, relation: Relation) -> dict[str, str]:
        """Call a relation by its ends; its owner is who owns what it starts from."""
        source, target = self.name(relation.source_id), self.name(relation.target)
        whole = self.architecture.find(relation.source_id)
        owner = (
            {key: value for key, value in self.about(whole).items() if key in ("owner", "owner_en")} if whole else {}
        )
        kind = {"kind": text("section.relations", "vi"), "kind_en": text("section.relations", "en")}
        return {
            "id": relation.id or f"{relation.source_id} → {relation.target}",
            "name": f"{source['vi']} → {target['vi']}",
            "name_en": f"{source['en']} → {target['en']}",
            **kind,
            **self.nothing("owner"),
            **owner,
        }

    def nothing(self, key: str) -> dict[str, str]:
        """Fill a placeholder for which nothing is written."""
        words = self.edition.words.nothing
        return {key: words.vi if words else "—", f"{key}_en": words.en if words else "—"}

    def fields(self, names: tuple[str, ...], key: str) -> dict[str, str]:
        """Fill a placeholder with the words for some fields."""
        return {
            key: ", ".join(self._field(n, "vi") for n in names),
            f"{key}_en": ", ".join(self._field(n, "en") for n in names),
        }

    def _field(self, name: str, lang: str) -> str:
        if name in self.edition.words.fields:
            return self.edition.words.fields[name].in_(lang)
        return f"{text(f'field.{name}', lang)} ({name})" if has(f"field.{name}", lang) else name

    def roles(self, names: tuple[str, ...], key: str) -> dict[str, str]:
        """Fill a placeholder with the words for some roles."""
        words = self.edition.words.roles
        return {key: ", ".join(words[n].vi for n in names), f"{key}_en": ", ".join(words[n].en for n in names)}

    def places(self, names: Iterable[str], key: str) -> dict[str, str]:
        """Fill a placeholder with the names of some places; one that the edition does not know stands as it is."""
        names, known = tuple(names), self.edition.words.places
        if not names:
            return self.nothing(key)
        found = [known[name].name if name in known else Bilingual(vi=name, en=name) for name in names]
        return {key: ", ".join(one.vi for one in found), f"{key}_en": ", ".join(one.en for one in found)}

    def unknown(self, value: Unknown, field: str) -> dict[str, str]:
        """Say of something unknown which field it is, why, who must answer, and by when ("" where it is not said)."""
        return {
            **self.fields((field,), "field"),
            "why": value.unknown,
            "why_en": value.why("en"),
            **self.asked((value.ask,) if value.ask else ()),
            **days((value.by,) if value.by else (), "by"),
        }

    def asked(self, ids: Iterable[str]) -> dict[str, str]:
        """Name who must answer, "" for nobody; beside a body that has ended, who took over from it."""
        ids = tuple(dict.fromkeys(ids))
        return {
            f"ask{suffix}": "; ".join(answerer(self.architecture, id, lang, self.on) for id in ids)
            for lang, suffix in (("vi", ""), ("en", "_en"))
        }


def _answering(record: Record) -> Iterator[object]:
    return (getattr(record, field, None) for field in ("lead", "responsible", "actor", "agency"))


def _called(record: Record) -> str:
    """Give what a record is called, its id where it has no name; a model is slow to say that it lacks a field."""
    names = (getattr(record, field, None) for field in ("name", "number", "title", "text"))
    return str(next(filter(None, names), record.id))


def _section_words(section: str) -> tuple[str, str]:
    return text(f"section.{section}", "vi"), text(f"section.{section}", "en")


def day(value: date, lang: str = "vi") -> str:
    """Write a day as Vietnamese texts do; in English year first, so that day and month are never swapped."""
    return value.isoformat() if lang == "en" else f"{value.day}/{value.month}/{value.year}"


def days(values: Iterable[date], key: str) -> dict[str, str]:
    """Fill a placeholder with some days."""
    values = tuple(values)
    return {key: ", ".join(map(day, values)), f"{key}_en": ", ".join(day(one, "en") for one in values)}
