"""Surveys that came back, as changes: what was filled in or mended since they went out, new things, answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kientruc.consultation.about import resolved
from kientruc.consultation.filled import blocked
from kientruc.editing.patch import Patch
from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.intake.added import Slugs
from kientruc.intake.survey_book import Filled
from kientruc.intake.survey_values import Values
from kientruc.intake.survey_written import Change, Link, Plan, Submission, patch_for
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import LANGUAGES
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Quantity, Relation
from kientruc.model.field_types import holds
from kientruc.model.legal import SourceKind
from kientruc.model.record import Unknown, adapter
from kientruc.model.verbs import Verb, groups_of
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.workbook import Cell, Row, fold
from kientruc.source import CellSpan, Span
from kientruc.views import survey_form as form
from kientruc.views.survey import cells, is_of, key_of, unknowns

FLOOD = 1_000  # blockers after which no further row is looked at: nothing will be taken anyway
PLAIN = frozenset(("name", form.BASELINE))  # fields that bear no source of their own
APART = frozenset(("number", "id", "unit", "quantity"))
VERBS = {verb.value: verb for verb in Verb}
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What came of taking surveys in: the patch, empty where a finding forbids it, and what it would add."""

    patch: Patch
    new: tuple[str, ...]
    links: int
    changed: int
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether nothing may be written."""
        return blocked(self.findings)


def take(
    loaded: Loaded,
    edition: Edition,
    forms: Sequence[Filled],
    body: str = "",
    into: str = "",
    limits: Limits = DEFAULT,
) -> Surveyed:
    """Plan what forms bring; nothing is written yet. One blocker in any of them, and nothing of any is taken.

    Args:
        body: whose a form is that has lost its keys.
        into: the file for new elements; "" for where those of the body stand.
    Raises:
        EditRefused: a file cannot be edited, or would not load afterwards.
    """
    if loaded.architecture is None:
        raise ValueError("an architecture that did not load cannot be changed")
    taking = _Taking(loaded.architecture, Values(loaded.architecture, edition))
    for one in forms:
        taking.form(one, body)
    plan = taking.plan()
    findings = tuple(sorted(taking.values.findings, key=lambda finding: finding.order))
    if blocked(findings) or plan.is_empty:
        return Surveyed(Patch(()), (), 0, 0, findings)
    patch = patch_for(loaded, plan, into, limits)
    return Surveyed(patch, tuple(plan.elements), len(plan.links), len(plan.changes), findings)


@dataclass
class _Taking:
    """Goes through forms, row by row, and remembers what it has seen of all of them."""

    architecture: Architecture
    values: Values
    wishes: dict[tuple[str, ...], list[Change]] = field(default_factory=dict)
    elements: dict[str, dict[str, Any]] = field(default_factory=dict)
    owners: dict[str, Submission] = field(default_factory=dict)  # of new elements: who told of them
    links: list[Link] = field(default_factory=list)
    names: dict[tuple[str, str], tuple[str, Span]] = field(default_factory=dict)  # new elements by form and name
    alike: dict[str, str] = field(default_factory=dict)  # the first element of each name
    last: dict[str, int] = field(default_factory=dict)  # the last number behind an id that several would have
    said: set[str] = field(default_factory=set)  # what the new connections say
    counted: int = 0  # findings among which blockers were counted
    blockers: int = 0

    def __post_init__(self) -> None:
        self.asked = {key_of(*one[:2]): one for one in unknowns(self.architecture)}
        self.baseline = form.baseline(self.architecture)
        self.taken = {one.id for one in self.architecture.relations if one.id}
        self.slugs = Slugs(self.architecture)
        self.by_name: dict[str, list[Element]] = {}
        for one in self.architecture.elements.values():
            self.by_name.setdefault(fold(one.name), []).append(one)
            self.alike.setdefault(fold(one.name), one.id)
        self.relations: dict[tuple[str, Verb, str], list[Relation]] = {}
        for relation in self.architecture.relations:
            ends = (relation.source_id, relation.verb, relation.target)
            self.relations.setdefault(ends, []).append(relation)

    def tell(self, code: str, at: Span | None, /, severity: Severity = Severity.BLOCKER, **values: str) -> None:
        self.values.tell(code, at, severity, **values)

    # --- one form ---

    def form(self, filled: Filled, body: str) -> None:
        self.values.findings += filled.findings
        said = self.whose(filled, body) if not blocked(filled.findings) else ""
        if not said:
            return
        sender = Submission(filled, said)
        if filled.before is None:
            self.tell("F-BEFORE", filled.source, Severity.MINOR, path=filled.source.path)
        takers = (("systems", self.system), ("links", self.link), ("questions", self.question))
        for table, take_row in takers:
            seen: dict[str, Row] = {}
            for row in filled.rows[table]:
                if self.is_flooded():
                    self.tell("C-FLOOD", row.at, limit=str(FLOOD))
                    return
                key = row.said("id")
                if key and key in seen:
                    if _says(row) != _says(seen[key]):
                        self.tell("F-SAME", row.at, first=str(seen[key].at))
                    continue
                seen.setdefault(key, row)
                take_row(row, sender)
            if table == "systems":
                self.missing(filled, seen)

    def is_flooded(self) -> bool:
        """Tell whether so much forbids taking anything that nobody would read more."""
        findings = self.values.findings
        self.blockers += sum(one.severity is Severity.BLOCKER for one in findings[self.counted :])
        self.counted = len(findings)
        return self.blockers > FLOOD

    def whose(self, filled: Filled, body: str) -> str:
        """Tell whose a form is; "", and why, where it cannot be taken."""
        keys, at, head = filled.keys, filled.source, self.architecture.head
        if keys and keys["architecture"] != head.id:
            self.tell("C-ARCHITECTURE", at, found=keys["architecture"], here=head.id)
            return ""
        said = keys.get("body", "") or body
        if not said:
            self.tell("F-FORM", at, path=at.path)
            return ""
        if body and said != body:
            self.tell("C-OTHER", at, found=said, given=body)
            return ""
        if said not in self.architecture.organisations:
            self.tell("C-BODY", at, found=said, near=nearest(said, self.architecture.organisations))
            return ""
        if keys and keys["version"] != (head.version or ""):
            found = {"found": keys["version"] or "–", "here": head.version or "–"}
            self.tell("C-VERSION", at, Severity.MINOR, **found)
        return said

    def missing(self, filled: Filled, seen: Mapping[str, Row]) -> None:
        """Tell of rows that were taken out of the form."""
        for id, before in (filled.before or {}).items():
            if id not in seen and id in self.architecture.elements:
                self.tell("F-KEPT", filled.source, Severity.MINOR, found=before.get("name", id))

    # --- systems ---

    def system(self, row: Row, sender: Submission) -> None:
        """Take a row of the table of systems: of one that is known, one that has another id now, or a new one."""
        id, place = row.said("id"), row.place("name")
        before = (sender.filled.before or {}).get(id, NOTHING)
        if not id:
            self.unknown_row(row, sender)
        elif id in self.architecture.elements:
            self.known(self.architecture.elements[id], row, sender, before)
        elif id in self.architecture.records["retired"] and (after := self.successor(id)):
            self.tell("F-RETIRED", place, Severity.MINOR, code=id, after=after.id)
            self.known(after, row, sender, before)
        else:
            self.tell("F-LOST", place, Severity.MAJOR, code=id, name=row.said("name") or "–")

    def successor(self, id: str) -> Element | None:
        after = resolved(self.architecture, id)
        return self.architecture.elements.get(after[0]) if len(after) == 1 else None

    def unknown_row(self, row: Row, sender: Submission) -> None:
        name = fold(row.said("name"))
        if not name:
            self.tell("F-NAME", row.place("name"), row=str(row.number))
            return
        there = next((one for one in self.by_name.get(name, ()) if self.is_of(one, sender)), None)
        if there is not None:  # told of before, or overlooked in the rows above
            self.known(there, row, sender, NOTHING)
        else:
            self.new(row, sender)

    def is_of(self, element: Element, sender: Submission) -> bool:
        """Tell whether a body owns or runs an element, or told of it itself."""
        known, publisher = self.architecture.records["sources"], self.architecture.organisations[sender.body].name
        told = (known[id] for id in element.sources if id in known)
        return is_of(element, sender.body) or any(
            one.kind is SourceKind.SUBMISSION and one.publisher == publisher for one in told
        )

    def known(self, element: Element, row: Row, sender: Submission, before: Mapping[str, str]) -> None:
        """Take over each cell that says something else than it did, if the architecture still says what it did."""
        lang = sender.filled.keys.get("lang", "")
        lang = lang if lang in LANGUAGES else "vi"
        lists, count = self.values.lists[lang], len(self.wishes)
        now = dict(
            zip((one.key for one in form.SYSTEMS[1:-1]), cells(self.architecture, element, lists, lang), strict=True)
        )
        today = {key: form.cell_words(value) for key, value in now.items()}
        if sender.filled.before is None:
            before = today
        for one in form.SYSTEMS:
            cell = row.cells.get(one.key)
            if one.key in APART or cell is None or _same(cell.text, before.get(one.key, "")):
                continue
            if cell.is_empty:
                self.tell("F-CLEARED", cell.at, Severity.MINOR, found=before.get(one.key, "")[:60])
                continue
            value = self.values.value(one, cell)
            if value is None or value == form.value_at(self.architecture, element, one.key):
                continue
            if one.key in form.SETTLED:
                self.tell("F-LOCKED", cell.at, Severity.MAJOR, field=form.words(one.key)[0], found=cell.text[:60])
            elif not _same(today[one.key], before.get(one.key, "")):
                self.tell("F-MOVED", cell.at, Severity.MAJOR, found=cell.text[:60], there=today[one.key][:60] or "–")
            else:
                self.wish(element, one.key, value, cell.at, sender)
        self.quantity(element, row, sender, before, today)
        if len(self.wishes) > count and not self.is_of(element, sender):
            self.tell("F-OTHERS", row.place("name"), Severity.MINOR, found=element.name[:60], body=sender.body)

    def quantity(
        self, element: Element, row: Row, sender: Submission, before: Mapping[str, str], today: Mapping[str, str]
    ) -> None:
        """Take over an amount and its unit, which are one value in two cells."""
        pair = [row.cells.get(key) for key in ("quantity", "unit")]
        found = [(cell, key) for cell, key in zip(pair, ("quantity", "unit"), strict=True) if cell is not None]
        changed = [(cell, key) for cell, key in found if not _same(cell.text, before.get(key, ""))]
        if not changed:
            return
        at = changed[0][0].at
        if all(cell.is_empty for cell, _ in found):
            self.tell("F-CLEARED", at, Severity.MINOR, found=before.get("quantity", "")[:60])
            return
        value = self.values.quantity(*pair)
        if value is None:
            return
        there = form.value_at(self.architecture, element, "quantity")
        if there == adapter(Quantity).validate_python(value):
            return
        if any(not _same(today[key], before.get(key, "")) for _, key in found):
            words = " ".join(cell.text for cell, _ in found)
            self.tell(
                "F-MOVED", at, Severity.MAJOR, found=words, there=f"{today['quantity']} {today['unit']}".strip() or "–"
            )
            return
        self.wish(element, "quantity", value, at, sender)

    def wish(self, element: Element, key: str, value: Any, at: CellSpan, sender: Submission) -> None:
        """Note where a value is to be written: several may want to say what stands in one place."""
        record: Any = element
        path: tuple[str, ...] = ()
        if key == form.BASELINE:
            path, value = ("states",), _states({**element.states, self.baseline: value})
        elif key in form.COST:
            found = form.sourcing_of(self.architecture, element.id)
            if len(found) > 1:
                self.tell("F-LOCKED", at, Severity.MAJOR, field=form.words(key)[0], found=str(value)[:60])
                return
            record, path = (found[0], (key,)) if found else (None, (element.id, key))
        else:
            path = form.place_of(self.architecture, element, key)
        section = "sourcing" if key in form.COST else "elements"
        keys = ("elements" if record is element else section, record.id if record else "", *path)
        change = Change(record, path, value, at, sender, plain=key in PLAIN)
        self.wishes.setdefault(keys, []).append(change)

    # --- new things ---

    def new(self, row: Row, sender: Submission) -> None:
        """Make a new element of a row."""
        name, place = row.said("name"), row.place("name")
        key = (str(id(sender.filled)), fold(name))
        if key in self.names:
            self.tell("F-TWICE", place, found=name[:60], first=str(self.names[key][1]))
            return
        if not row.said("kind"):
            self.tell("F-KIND", place, found=name[:60])
            return
        alike = self.alike.get(fold(name))
        data: dict[str, Any] = {}
        for one in form.SYSTEMS:
            cell = row.cells.get(one.key)
            if one.key not in APART and cell is not None and not cell.is_empty:
                data[one.key] = self.values.value(one, cell)
        if any(not row.cells[key].is_empty for key in ("quantity", "unit") if key in row.cells):
            data["quantity"] = self.values.quantity(row.cells.get("quantity"), row.cells.get("unit"))
        new = self.free(self.slugs.slug(name) or str(data["kind"]).replace("_", "-"))
        if alike:
            self.tell("F-ALIKE", place, Severity.MINOR, found=name[:60], id=alike)
        there = data.pop(form.BASELINE, None)
        data["states"] = _states({self.baseline: there}) if there and self.baseline else None
        for key_of_cost in form.COST:
            if data.get(key_of_cost) is not None:
                change = Change(None, (new, key_of_cost), data[key_of_cost], row.place(key_of_cost), sender)
                self.wishes.setdefault(("sourcing", "", new, key_of_cost), []).append(change)
            data.pop(key_of_cost, None)
        first = {"kind": data.pop("kind"), "name": data.pop("name")}
        self.elements[new] = {**first, **{name: value for name, value in data.items() if value is not None}}
        self.owners[new], self.names[key] = sender, (new, place)
        self.alike.setdefault(fold(name), new)

    def free(self, id: str) -> str:
        """Give an id that nothing bears yet: this one, or with a number behind it."""
        found = id
        while found in self.elements or found in self.taken or self.architecture.find(found):
            self.last[id] = self.last.get(id, 1) + 1
            found = f"{id}-{self.last[id]}"
        return found

    def link(self, row: Row, sender: Submission) -> None:
        """Take a connection that is not on record; one that is must be as it went out."""
        if row.said("id"):
            if row.said("id").rpartition("/")[2] != form.link_mark(row.said(one.key) for one in form.LINKS[1:-1]):
                self.tell(
                    "F-LOCKED", row.place("source"), Severity.MAJOR, field=form.words("sheet-links")[0], found="–"
                )
            return
        ends = [self.end(row, key, sender) for key in ("source", "target")]
        verb = self.values.chosen("verbs", row.cells["verb"], "verb") if row.said("verb") else None
        lacking = [form.words(key)[0] for key in ("source", "verb", "target") if not row.said(key)]
        if lacking:
            self.tell("F-LINK", row.at, row=str(row.number), missing=", ".join(lacking))
        if not (ends[0] and ends[1] and verb):
            return
        source, target = ends[0], ends[1]
        wanted = VERBS[verb]
        joins = wanted.joins(self.groups(source), self.groups(target))
        if not joins:
            names = {"found": row.said("verb"), "source": row.said("source"), "target": row.said("target")}
            self.tell("F-VERB", row.place("verb"), Severity.MINOR, **names)
        link = Link(
            source, wanted if joins else Verb.DEPENDS_ON, target, dict(self.details(row, {source, target})), sender
        )
        if not self.is_there(link) and link.says not in self.said:
            self.said.add(link.says)
            self.links.append(link)

    def details(self, row: Row, ends: set[str]) -> Iterator[tuple[str, Any]]:
        """Give what a row says of its connection."""
        parts = [part.strip() for part in re.split(r"[;\n]", row.said("data")) if part.strip()]
        named = {part: self.values.element(part) for part in parts}
        data = [id for id in named.values() if id and id not in ends]
        payload = "; ".join(part for part, id in named.items() if not id)
        if data:
            yield "data", data
        if payload:
            yield "payload", payload
        for one in form.LINKS:
            if one.key in ("protocol", "status", "note") and row.said(one.key):
                yield one.key, self.values.value(one, row.cells[one.key])

    def end(self, row: Row, key: str, sender: Submission) -> str:
        """Give the element at an end of a connection, which may be a new one of the same form; "" for none."""
        words = row.said(key)
        if not words:
            return ""
        new = self.names.get((str(id(sender.filled)), fold(words)))
        found = new[0] if new else self.values.element(words)
        if found is None:
            own = [one.id for one in self.by_name.get(fold(words), ()) if self.is_of(one, sender)]
            found = own[0] if len(own) == 1 else None
        if found is None:
            self.tell("F-REF", row.place(key), found=words[:60])
        return found or ""

    def groups(self, id: str) -> frozenset[str]:
        element = self.architecture.elements.get(id)
        return groups_of(element.kind.value if element else str(self.elements[id]["kind"]))

    def is_there(self, link: Link) -> bool:
        """Tell whether a connection is on record already, saying as much."""
        for one in self.relations.get((link.source, link.verb, link.target), ()):
            said = {"data": [*one.data], "payload": one.payload}
            if all(said[key] == link.data[key] for key in said if key in link.data):
                return True
        return False

    # --- questions ---

    def question(self, row: Row, sender: Submission) -> None:
        """Take an answer to what nobody knew."""
        cell, key = row.cells.get("answer"), row.said("id")
        if cell is None or cell.is_empty:
            return
        if key not in self.asked:
            self.closed(key, cell)
            return
        record, path, unknown = self.asked[key]
        if unknown.ask != sender.body:
            self.tell("F-OTHERS", cell.at, Severity.MINOR, found=key[:60], body=sender.body)
        value = self.values.answer(record, path, cell)
        if value is not None:
            self.wishes.setdefault(("", key), []).append(Change(record, path, value, cell.at, sender))

    def closed(self, key: str, cell: Cell) -> None:
        """Tell of an answer to what is no question any more, unless the architecture says the same."""
        section, _, rest = key.partition("/")
        id, _, place = rest.partition("/")
        record = self.architecture.records.get(section, {}).get(id)
        if section == "architecture":
            record = self.architecture.head
        if section == "relations":
            source, verb, target, place = (*rest.split("/", 3), "", "", "", "")[:4]
            record = next(iter(self.relations.get((source, VERBS.get(verb, Verb.DEPENDS_ON), target), ())), None)
        value: Any = record
        path = tuple(int(part) if part.isdecimal() else part for part in place.split("/"))
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, tuple):
                value = value[part] if isinstance(part, int) and part < len(value) else None
            else:
                value = getattr(value, str(part)) if part in getattr(type(value), "model_fields", ()) else None
        if record is None or value is None or isinstance(value, Unknown):
            self.tell("F-LOST", cell.at, Severity.MAJOR, code=key, name=cell.text[:60])
            return
        answer = self.values.answer(record, path, cell)
        if answer is not None and holds(type(record), path).read(answer) != value:
            self.tell("F-MOVED", cell.at, Severity.MAJOR, found=cell.text[:60], there=str(value)[:60])

    # --- all forms together ---

    def plan(self) -> Plan:
        """Give what is to be written; where forms differ over one place, that stays as it is, and is told."""
        plan = Plan(elements=self.elements, owners=self.owners, links=self.links)
        for key, changes in self.wishes.items():
            others = [next((other for other in changes if other.value != one.value), None) for one in changes]
            if any(others):
                for one, other in zip(changes, others, strict=True):
                    if other is not None:
                        self.tell("F-DIFFERS", one.at, Severity.MAJOR, found=_shown(one.value), first=str(other.at))
            elif key[:2] == ("sourcing", ""):
                plan.sourcing.setdefault(key[2], []).append(changes[0])
            else:
                plan.changes.append(changes[0])
        return plan


def _states(states: Mapping[str, Any]) -> Any:
    """Give the states an element is in, as people write them: a list where nothing else is said."""
    if all(there == "present" for there in states.values()):
        return [*states]
    return {id: str(there) for id, there in states.items()}


def _says(row: Row) -> list[tuple[str, str]]:
    return [(key, cell.text) for key, cell in row.cells.items() if key != "number"]


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))[:60]
    return str(value)[:60]
