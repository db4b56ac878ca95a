"""The tables an edition prescribes, filled from an architecture: sheets, columns, rows, in the words of its lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.forms import CODE, SCHEME, Applies, Duty, Form, FormField, Forms
from kientruc.frameworks.vocabulary import CodeList
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Basis, Element, Quantity, Relation
from kientruc.model.planning import Period, StateRole, Task
from kientruc.model.record import Record, Unknown
from kientruc.model.verbs import Verb
from kientruc.views.words import label, name, source_titles

R = TypeVar("R", bound=Record)
LIST = "; "  # between several values in one cell


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the records it is made of, by section, its words, and those that stand where the records are silent.

    Both hold one text for each column; `silent` is "" where the form lets a cell be empty.
    """

    records: Mapping[str, Record]
    words: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The words as the form holds them: a cell that must be filled in never stands empty."""
        return tuple(words or silent for words, silent in zip(self.words, self.silent, strict=True))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a form with its rows."""

    form: str
    name: str
    title: str
    columns: tuple[FormField, ...]
    lines: tuple[Line, ...]


def sheets(architecture: Architecture, edition: Edition, lang: str = "vi") -> tuple[Sheet, ...]:
    """Fill every table of an edition that has a sheet of its own, in the edition's order.

    Returns:
        Nothing for an edition that prescribes no tables.
    """
    if edition.forms is None:
        return ()
    filler = _Filler(architecture, edition, edition.forms, lang)
    return tuple(filler.sheet(id, form) for id, form in edition.forms.forms.items() if form.sheet and form.rows)


def in_numbers(day: date) -> str:
    """Write a day as forms take it in every language: 29/1/2027."""
    return f"{day.day}/{day.month}/{day.year}"


def unknown_words(architecture: Architecture, value: Unknown, lang: str) -> str:
    """Say that something is unknown, whom to ask, and by when."""
    parts = [text("form.ask", lang, who=label(architecture, value.ask, lang))] if value.ask else []
    if value.by or value.ask:
        parts.append(text("form.by", lang, day=in_numbers(value.by)) if value.by else text("form.no-day", lang))
    return text("form.unknown", lang) + (f" ({LIST.join(parts)})" if parts else "")


def code_of(record: Record | None) -> str:
    """Give the local code of a record; "" where it has none."""
    codes: Mapping[str, str] = getattr(record, "codes", None) or {}
    return codes.get(SCHEME, "")


def in_code_order(records: Iterable[R]) -> list[R]:
    """Sort records by code, numbers as numbers; those without one come last, by id."""

    def key(record: R) -> tuple[bool, str, int, str]:
        prefix, _, number = code_of(record).rpartition("-")
        return (not prefix, prefix, int(number) if number.isdecimal() else 0, record.id)

    return sorted(records, key=key)


class _Filler:
    """Fills the tables of one edition from one architecture."""

    def __init__(self, architecture: Architecture, edition: Edition, forms: Forms, lang: str) -> None:
        self.architecture, self.edition, self.lang = architecture, edition, lang
        self.crosswalks = tuple(forms.crosswalks.values())
        self.left_out = {key for crosswalk in self.crosswalks for key in crosswalk.left_out}
        self.turned = {verb for crosswalk in self.crosswalks for verb in crosswalk.turned}
        self.covers: dict[str, list[str]] = {}
        self.waits: dict[str, list[str]] = {}
        for relation in architecture.relations:
            if relation.verb is Verb.COVERS:
                self.covers.setdefault(relation.target, []).append(relation.source_id)
            elif relation.verb is Verb.WAITS_FOR:
                self.waits.setdefault(relation.source_id, []).append(relation.target)
        self.days = _last_days(architecture)
        self.named = Counter(
            name(one, lang).casefold()
            for section in ("elements", "contents", "tasks")
            for one in architecture.records[section].values()
        )
        self.asks: Mapping[Applies, Callable[[Any], bool]] = {
            "always": lambda _: True,
            "reference": lambda one: one.reference is not None,
            "original": lambda one: one.reference is None,
            "document": lambda one: one.reference is not None or bool(one.mapping),
            "exchange": lambda one: self._crosses(one, ("exchange",)),
            "flow": lambda one: self._crosses(one, ("exchange", "service")),
            "served": _serves_others,
            "in-layer": lambda one: not self._way(one) or not self._way(one)[0].startswith("x"),
            "commune": lambda one: any(id.startswith("xa") for id in self._way(one)),
        }
        # Paths whose words are not simply the value that stands there.
        self.told: Mapping[str, Callable[[Any], str]] = {
            "kind": self._crossed,
            "verb": self._crossed,
            "places.layer": lambda one: self._place(one, 0, None),
            "places.commune": lambda one: self._place(one, -1, None) if self.asks["commune"](one) else "",
            "places.own": lambda one: self._place(one, -1, None),
            "outside": lambda one: one.outside.get(edition.places_of, ""),
            "source": lambda one: source_titles(architecture, one, lang) or self._say(one.unknowns().get("source")),
            "source_id": lambda one: self._code(self._ends(one)[0]),
            "target": lambda one: self._code(self._ends(one)[1]),
            "data": self._data,
            "about": lambda one: LIST.join(map(self._code, one.about)),
            "priority": lambda one: text(f"priority.{one.priority}", lang) if one.priority else self._say(one.priority),
            "waits_for": self._waits,
        }
        # The same, in the words of the column's list.
        self.told_in: Mapping[str, Callable[[Any, CodeList | None], str]] = {
            "reference": self._record_type,
            "places.component": lambda one, words: self._place(one, 1, words),
            "states": self._model_state,
            "over": self._channel,
            "status": self._status,
        }

    def sheet(self, id: str, form: Form) -> Sheet:
        lines = (
            Line(records, tuple(self._cells(form, records)), tuple(self._silent(form, records)))
            for records in self._rows(form)
        )
        return Sheet(id, form.sheet or id, form.name.in_(self.lang), form.fields, tuple(lines))

    # --- rows ---

    def _rows(self, form: Form) -> Iterator[Mapping[str, Record]]:
        records = self.architecture.records
        match form.rows:
            case ("contents", "tasks"):
                yield from self._pairs()
            case ("relations",):
                yield from ({"relations": one} for one in self.architecture.relations if self._has_row(one))
            case ("elements",):
                mapped = any(field.field == "mapping" for field in form.fields)
                for element in in_code_order(self.architecture.elements.values()):
                    if self._has_row(element) and (not mapped or self._is_mapped(element)):
                        yield {"elements": element}
            case (section,):
                yield from ({section: one} for one in records[section].values())

    def _pairs(self) -> Iterator[Mapping[str, Record]]:
        """Give each content with each of its tasks, contents without a task, then tasks that cover no content."""
        contents, tasks = self.architecture.records["contents"], self.architecture.records["tasks"]
        paired: set[str] = set()
        for content in in_code_order(contents.values()):
            found = [tasks[id] for id in self.covers.get(content.id, ()) if id in tasks]
            paired.update(task.id for task in found)
            for task in in_code_order(found):
                yield {"contents": content, "tasks": task}
            if not found:
                yield {"contents": content}
        yield from ({"tasks": task} for task in tasks.values() if task.id not in paired)

    def _has_row(self, one: Element | Relation) -> bool:
        """Tell whether the form lists it: an object whose kind is not left out, or a relation between two of those."""
        if isinstance(one, Element):
            return one.kind.value not in self.left_out
        ends = [self.architecture.elements.get(id) for id in (one.source_id, one.target)]
        return one.verb.value not in self.left_out and all(end is not None and self._has_row(end) for end in ends)

    def _is_mapped(self, element: Element) -> bool:
        placed = self.edition.places_of in element.outside or self._way(element)
        return bool(element.reference or element.mapping or placed)

    # --- cells ---

    def _cells(self, form: Form, records: Mapping[str, Record]) -> Iterator[str]:
        named = any(field.field == "name" for field in form.fields)
        for field in form.fields:
            record = records.get(field.section or form.rows[0])
            if field.field == CODE and isinstance(record, Element) and not named:
                yield self._code(record.id)  # nothing else in the row tells which object it is about
            else:
                yield self._cell(field, record) if record is not None else ""

    def _silent(self, form: Form, records: Mapping[str, Record]) -> Iterator[str]:
        """Give what stands where the records say nothing: not applicable, or who must answer by when."""
        asked = self._asked(records)
        for field in form.fields:
            record = records.get(field.section or form.rows[0])
            if field.duty is not Duty.MANDATORY or (field.when and not field.applies):
                yield ""
            elif field.applies and record is not None and not self.asks[field.applies](record):
                yield text("form.not-applicable", self.lang) if field.otherwise else ""
            else:
                yield asked

    def _asked(self, records: Mapping[str, Record]) -> str:
        """Say that it is unknown, and ask whoever answers for the record, by the last day that body was given."""
        ends = (self.architecture.elements.get(getattr(one, "source_id", "")) for one in records.values())
        told = (*records.values(), *ends)
        found = (getattr(one, key, None) for key in ("ask", "lead", "owner") for one in told)
        who = next((id for id in found if isinstance(id, str)), None) or self.architecture.head.agency
        return unknown_words(self.architecture, Unknown(unknown="–", ask=who, by=self.days.get(who)), self.lang)

    def _cell(self, field: FormField, record: Record) -> str:
        paths = (field.field, *field.also) if field.field else ()
        words = LIST.join(filter(None, (self._at(path, field, record) for path in paths)))
        return words or (self._at(field.else_, field, record) if field.else_ else "")

    def _at(self, path: str, field: FormField, record: Record) -> str:
        if path in self.told:
            return self.told[path](record)
        words = self.edition.words.lists.get(field.list) if field.list else None
        return self.told_in[path](record, words) if path in self.told_in else self._coded(at(record, path), words)

    def _coded(self, value: Any, words: CodeList | None) -> str:
        if words is None or isinstance(value, Unknown) or value is None:
            return self._say(value)
        key = str(value)
        return words.words[key].in_(self.lang) if key in words.words else key

    def _say(self, value: Any) -> str:
        """Spell a value: a day as 29/1/2027, several with semicolons, the unknown with who must answer by when."""
        match value:
            case None | () | "":
                return ""
            case Unknown():
                return unknown_words(self.architecture, value, self.lang)
            case date():
                return in_numbers(value)
            case Basis():
                return " ".join(filter(None, (label(self.architecture, value.document, self.lang), value.article)))
            case Period():
                return "–".join(self._say(end) for end in (value.from_, value.until) if end)
            case Quantity():
                return " ".join(self._say(one) for one in (value.value, value.unit) if one is not None)
            case tuple():
                return LIST.join(map(self._say, value))
            case str() if value in self.architecture.organisations:
                return label(self.architecture, value, self.lang)
            case _:
                return str(value)

    def _several(self, ids: Iterable[str]) -> str:
        return LIST.join(label(self.architecture, id, self.lang) for id in ids)

    def _code(self, id: str) -> str:
        """Cite something by its code; without one by its name, which its row bears too."""
        record = self.architecture.find(id)
        return code_of(record) or (label(self.architecture, id, self.lang) if self._is_single(id) else id)

    def _is_single(self, id: str) -> bool:
        """Tell whether nothing else in the form bears the name of this."""
        return self.named.get(label(self.architecture, id, self.lang).casefold(), 0) == 1

    # --- cells that more than one field tells ---

    def _record_type(self, one: Element, words: CodeList | None) -> str:
        return self._coded("reference" if one.reference else "original", words)

    def _crossed(self, one: Element | Relation) -> str:
        of, key = ("kind", one.kind.value) if isinstance(one, Element) else ("verb", one.verb.value)
        for crosswalk in self.crosswalks:
            if crosswalk.of == of and key in crosswalk.values:
                return self._coded(crosswalk.values[key], self.edition.words.lists[crosswalk.list])
        return ""

    def _crosses(self, one: Relation, values: tuple[str, ...]) -> bool:
        return any(
            crosswalk.of == "verb" and crosswalk.values.get(one.verb.value) in values for crosswalk in self.crosswalks
        )

    def _ends(self, one: Relation) -> tuple[str, str]:
        """Give source and target as the form wants them: the sender first, whoever the relation is written on."""
        return (one.target, one.source_id) if one.verb.value in self.turned else (one.source_id, one.target)

    def _place(self, one: Element, depth: int, words: CodeList | None) -> str:
        """Give the name of the place on a level: 0 the layer, 1 the component in it, -1 the place itself."""
        way = self._way(one)
        if not way:
            return ""
        if depth == 1 and len(way) < 2:  # a cross-cutting component has no components in it
            return text("form.not-applicable", self.lang) if way[0].startswith("x") else ""
        if words and way[depth] in words.words:  # the form has its own words for them
            return self._coded(way[depth], words)
        return self.edition.words.places[way[depth]].name.in_(self.lang)

    def _way(self, one: Element) -> list[str]:
        own = one.places.get(self.edition.places_of)
        component = self.architecture.components.get(one.component) if one.component else None
        mapped = component.maps.get(self.edition.places_of, ()) if component else ()
        id: str | None = own or next(iter(mapped), None)
        way: list[str] = []
        while id is not None and id in self.edition.words.places:
            way.insert(0, id)
            id = self.edition.words.places[id].parent
        return way

    def _model_state(self, one: Element, words: CodeList | None) -> str:
        roles = self._roles(one)
        wanted = [role for role in (StateRole.BASELINE, StateRole.TARGET) if role in roles]
        if not wanted:
            return ""
        key = "both" if len(wanted) == 2 else wanted[0].value
        return self._coded(key, words)

    def _roles(self, one: Element) -> set[StateRole]:
        states = self.architecture.states
        return {states[id].role for id, there in one.states.items() if there == "present" and id in states}

    def _status(self, one: Relation, words: CodeList | None) -> str:
        """Give what is said of a relation; else what its ends leave no doubt of.

        It is planned where an end is not there yet, and in use where a part and its whole, or a thing and what it
        realises, are both there: that takes no connecting. Of all others nobody knows without being told.
        """
        ends = [self.architecture.elements.get(id) for id in (one.source_id, one.target)]
        if one.status is not None or one.states or not all(end is not None and end.states for end in ends):
            return self._coded(one.status, words)
        now = all(end is not None and StateRole.BASELINE in self._roles(end) for end in ends)
        later = all(end is not None and StateRole.TARGET in self._roles(end) for end in ends)
        structural = one.verb in (Verb.PART_OF, Verb.REALISES)
        return self._coded("existing" if now and structural else "planned" if later and not now else None, words)

    def _data(self, one: Relation) -> str:
        """Name what passes: the data, or what is read, written or used, which is the data or service itself."""
        itself = one.verb in (Verb.READS, Verb.WRITES, Verb.USES) and one.payload is None
        return self._several(one.data or ((one.target,) if itself else ()))

    def _channel(self, one: Relation, words: CodeList | None) -> str:
        """Give the channel by its values on the list, the last where none fits, and then the platforms themselves."""
        if words is None or not (one.over or isinstance(one.protocol, str)):
            return self._several(one.over)
        roles = (str(getattr(self.architecture.find(id), "role", "")) for id in one.over)
        told = " ".join((*roles, self._several(one.over), str(one.protocol or ""))).casefold()
        named = [str(value) for value in words.values if re.search(rf"\b{re.escape(str(value).casefold())}\b", told)]
        values = (self._coded(value, words) for value in named or [str(words.values[-1])])
        return LIST.join(filter(None, (*values, self._several(one.over))))

    def _waits(self, one: Task) -> str:
        tasks = ", ".join(map(self._code, self.waits.get(one.id, ())))
        return text("form.waits", self.lang, tasks=tasks) if tasks else ""


def _serves_others(one: Element) -> bool:
    """Tell whether it is a shared platform or database that serves others outside the agency now."""
    kinds, shared = ("platform", "data_store"), ("nation-a", "nation-b", "ministry", "province")
    return one.kind.value in kinds and str(one.sharing) in shared and str(one.lifecycle) == "operating"


def _last_days(architecture: Architecture) -> dict[str, date]:
    """Give the last day by which the dossier itself asks each body for what is unknown."""
    found: dict[str, date] = {}
    for record in (architecture.head, *architecture.all_records()):
        for value in record.unknowns().values():
            if value.ask and value.by:
                found[value.ask] = max(value.by, found.get(value.ask, value.by))
    return found


def at(record: Record, path: str) -> Any:
    """Give what stands under a dotted path of a record; None where there is nothing."""
    value: Any = record
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        else:
            value = getattr(value, part, getattr(value, f"{part}_", None))
        if value is None or isinstance(value, Unknown):
            return value
    return value
