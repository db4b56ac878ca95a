"""A whole architecture from a form's workbook alone: what most agencies send is nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kientruc.editing.spelling import spell, tidy
from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.frameworks.forms import CODE, SCHEME, Form, FormField, Forms
from kientruc.intake.form_book import FormBook, day, is_nothing, spelt, unknown
from kientruc.loading.gathered import proposal
from kientruc.messages import text
from kientruc.model.verbs import Verb, groups_of
from kientruc.reading.workbook import Row, fold
from kientruc.source import CellSpan

Data = dict[str, Any]
PLAIN = frozenset(
    ("name", "states", "reference", "reference.document", "reference.version")
)  # fields that cannot hold what is declared unknown: it stays unsaid
APART = frozenset(("name", "source", "reference"))  # cells of an object that are read otherwise
VERBS = {verb.value: verb for verb in Verb}
PRIORITIES = ("urgent", "high", "normal")
_YEARS = re.compile(r"\b(?:19|20|21)\d{2}\b")
STATES = {"baseline": ("hien-trang",), "target": ("muc-tieu",), "both": ("hien-trang", "muc-tieu")}


@dataclass(frozen=True, slots=True)
class Head:
    """What the workbook does not say of its architecture, or may say: id, name, agency's name, version, cut-off."""

    id: str
    name: str
    agency: str
    cut_off: date
    version: str = ""
    effective: date | None = None
    type: str = "province"


@dataclass(frozen=True, slots=True)
class Made:
    """The text of a root file, and what was found on the way; with a blocker the text may not be used."""

    text: str
    findings: tuple[Finding, ...]
    cells: Mapping[str, CellSpan]  # where each record was named, by id, and each of its fields, by id and path


def make(book: FormBook, edition: Edition, forms: Forms, head: Head) -> Made:
    """Make the architecture. Nothing is added: what the form does not ask for stays unsaid."""
    maker = Maker(book, edition, forms)
    data = maker.all(head)
    lines = [f"# {head.name}", "format: kientruc/1", *spell(tidy(data)).below]
    return Made("\n".join(lines) + "\n", (*book.findings, *maker.findings), maker.cells)


class Maker:
    """Reads the rows of a form's tables one by one, and keeps what becomes of them by id."""

    def __init__(self, book: FormBook, edition: Edition, forms: Forms) -> None:
        self.book, self.edition, self.forms = book, edition, forms
        self.findings: list[Finding] = []
        self.organisations: dict[str, Data] = {}
        self.sources: dict[str, Data] = {}
        self.said: dict[tuple[str, str], str] = {}  # the ids of organisations and sources by their words
        self.taken: set[str] = set()
        self.last: dict[str, int] = {}  # the last number behind an id that several would have
        self.elements: dict[str, Data] = {}
        self.ids: dict[str, str] = {}  # of objects, contents and tasks, by code and by name as they may be cited
        self.cells: dict[str, CellSpan] = {}
        self.first: dict[str, tuple[tuple[str, ...], CellSpan]] = {}  # what was said first under a code, and where
        self.contents: dict[str, Data] = {}
        self.tasks: dict[str, Data] = {}
        self.places = {fold(place.name.vi): id for id, place in reversed(tuple(edition.words.places.items()))}
        self.kinds = dict(self._backwards("kind"))
        self.verbs = dict(self._backwards("verb"))
        self.states: Mapping[str, tuple[str, ...]] = STATES  # by the values of the form

    def all(self, head: Head) -> Data:
        agency = self.organisation(head.agency)
        for take, rows in (
            (self.object, ("elements",)),
            (self.mapping, ("elements",)),
            (self.pair, ("contents", "tasks")),
        ):
            self.each(take, rows)
        self.each(self.relation, ("relations",))
        architecture: Data = {"id": head.id, "name": head.name, "agency": agency, "edition": self.edition.places_of}
        architecture |= {"type": head.type, "version": head.version or None, "cut_off": head.cut_off}
        architecture["effective"] = head.effective
        states = {
            id: {"name": text(f"form-state.{role}", "vi"), "name_en": text(f"form-state.{role}", "en"), "role": role}
            for id, role in zip(STATES["both"], ("baseline", "target"), strict=True)
        }
        found = {
            "architecture": _said(architecture),
            "sources": self.sources,
            "organisations": self.organisations,
            "states": states,
            "elements": self.elements,
            "contents": self.contents,
            "tasks": self.tasks,
        }
        return {key: value for key, value in found.items() if value}

    def each(self, take: Callable[[Line], None], rows: tuple[str, ...]) -> None:
        """Hand every row of the tables of these sections to what takes it; mappings are a table of their own."""
        for id, form in self.forms.forms.items():
            mapped = any(field.field == "mapping" for field in form.fields)
            if form.rows == rows and form.sheet and mapped == (take == self.mapping):
                for row in self.book.rows.get(id, ()):
                    take(Line(row, form))

    def _backwards(self, of: str) -> Iterator[tuple[str, str]]:
        """Turn a crosswalk round: what it says a value is by itself, else the first of ours that becomes it."""
        for crosswalk in self.forms.crosswalks.values():
            if crosswalk.of == of:
                yield from ((value, ours) for ours, value in reversed(crosswalk.values.items()))
                yield from crosswalk.back.items()

    # --- rows ---

    def object(self, row: Line) -> None:
        id = self.named(row, "elements", ("name",))
        if id is None:
            return
        is_reference = self.reads(row, "reference") == "reference"
        said = self.values(row, "elements", "owner" if is_reference else "")
        place = said.get("places.component") or said.get("places.layer")
        data: Data = {"kind": self.kinds.get(said.pop("kind", ""), "application"), "name": row.said("name")}
        data["codes"] = _code(row.said(CODE))
        data["places"] = {self.edition.places_of: place} if place else None
        if is_reference:
            data["reference"] = {"issuer": row.said("owner") or text("form.unknown", "vi"), **_inner(said, "reference")}
        data["states"] = list(self.states.get(said.pop("states", ""), ()))
        data |= {key: value for key, value in said.items() if "." not in key and key not in APART}
        data["source"] = self.source(row.said("source"))
        self.elements[id] = _said(data)

    def mapping(self, row: Line) -> None:
        """Add to an object what the table of mappings says of it."""
        id = self.find(row, CODE)
        if id is None:
            return
        said, element = self.values(row, "elements"), self.elements[id]
        place = said.get("places.own") or said.get("places.component")
        if place:
            element["places"] = {self.edition.places_of: place}
        if "mapping" in said:
            element["mapping"] = said["mapping"]
        if "reference" in element:
            element["reference"] |= _inner(said, "reference")
        if "outside" in said and not place and "places" not in element:
            element["outside"] = {self.edition.places_of: said["outside"]}

    def pair(self, row: Line) -> None:
        """Take a pair of content and task; where one stands in several rows, each of them must say the same."""
        content = self.named(row, "contents", ("name", "now", "required", "treatment"))
        if content and content not in self.contents:
            said = self.values(row, "contents")
            objects = [] if unknown(row.said("about")) else _parts(row.said("about"))
            about = [id for part in objects if (id := self.find(row, "about", part))]
            rest = {key: said[key] for key in ("now", "required", "treatment", "scope") if key in said}
            name = row.said("name", "contents") or row.said(CODE, "contents")
            self.contents[content] = _said(
                {"name": name, "codes": _code(row.said(CODE, "contents")), "about": about} | rest
            )
        task = self.named(row, "tasks", ("name", "result", "lead", "due"))
        if task and task not in self.tasks:
            self.tasks[task] = _said(self.task(row))
        if content and task:
            covers = self.tasks[task].setdefault("covers", [])
            if content in covers:
                self.tell("F-PAIR", row.place(CODE), content=content, task=task)
            else:
                covers.append(content)

    def task(self, row: Line) -> Data:
        said = self.values(row, "tasks")
        code = row.said(CODE, "tasks")
        data: Data = {"name": row.said("name", "tasks") or code, "codes": _code(code)}
        kept = ("lead", "result", "criteria", "programme", "stage", "progress", "data_readiness", "note")
        data |= {key: said[key] for key in kept if key in said}
        data["partners"] = [id for part in _parts(row.said("partners", "tasks")) if (id := self.organisation(part))]
        first = next(iter(_parts(row.said("priority", "tasks"))), "")
        known = (one for one in PRIORITIES if fold(text(f"priority.{one}", "vi")) == fold(first))
        data["priority"] = next(known, None) or self.asked(row.said("priority", "tasks"))
        data["due"], data["period"] = self.due(row)
        resources = row.said("resources", "tasks")
        data["resources"] = self.asked(resources) or ([] if is_nothing(resources) else _parts(resources))
        return data

    def due(self, row: Line) -> tuple[Any, Any]:
        """Give a day, or the first and the last year of a period."""
        words = row.said("due", "tasks")
        if not words or is_nothing(words):
            return None, None
        if found := day(words) or self.asked(words):
            return found, None
        years = [int(year) for year in _YEARS.findall(words)]
        if 0 < len(years) <= 2:
            return None, {"from": years[0], "until": years[-1]}
        self.tell("F-DAY", row.place("due", "tasks"), Severity.MAJOR, found=words[:60])
        return None, None

    def relation(self, row: Line) -> None:
        said = self.values(row, "relations")
        source, target = self.find(row, "source_id"), self.find(row, "target")
        if not (source and target and "verb" in said):
            return
        written = VERBS.get(self.verbs.get(said["verb"], ""), Verb.DEPENDS_ON)
        verb = written if self.joins(written, source, target) else Verb.DEPENDS_ON
        if verb is not written:
            names = {"found": row.said("verb"), "source": row.said("source_id"), "target": row.said("target")}
            self.tell("F-VERB", row.place("verb"), Severity.MINOR, **names)
        data: Data = {"to": target, "codes": _code(row.said(CODE))}
        over, ways = self.split(row.said("over"))
        channels = spelt(self.edition, "co-che-ket-noi") if over or len(ways) > 1 else {}
        ways = [one for one in ways if fold(one) not in channels]  # they stand for what is named behind them
        exchanged, payload = self.split(row.said("data"))
        exchanged = [id for id in exchanged if id not in (source, target)]  # a service that is used is named there too
        data |= {"data": exchanged, "payload": "; ".join(payload), "over": over, "protocol": "; ".join(ways)}
        kept = ("status", "frequency", "classification", "contact", "note")
        data |= {key: said[key] for key in kept if key in said}
        data["source"] = self.source(row.said("basis"))
        self.elements[source].setdefault(verb.value, []).append(_said(data))

    def joins(self, verb: Verb, source: str, target: str) -> bool:
        first, second = (groups_of(self.elements[id]["kind"]) for id in (source, target))
        return verb.joins(first, second)

    def split(self, words: str) -> tuple[list[str], list[str]]:
        """Tell the objects among several things from the words that name none."""
        parts = [] if is_nothing(words) or unknown(words) else _parts(words)
        found = {part: self.ids.get(fold(part), "") for part in parts}
        there = [id for id in found.values() if id in self.elements]
        return there, [part for part, id in found.items() if id not in self.elements]

    # --- cells ---

    def reads(self, row: Line, path: str) -> Any:
        """Give what the cell that fills one field says."""
        return next(
            (self.value(row.said(path), field) for field in row.fields("elements") if field.field == path), None
        )

    def values(self, row: Line, section: str, but: str = "") -> Data:
        """Give what the cells of a row say, by the path of the field; what says nothing is left out."""
        found: Data = {}
        for field in row.fields(section):
            if field.field == but:
                continue
            words = row.row.said(field.id)
            value = self.value(words, field) if words else None
            if value is not None:
                found[str(field.field)] = value
        return found

    def value(self, words: str, field: FormField) -> Any:
        path = str(field.field)
        if asked := self.asked(words):
            return None if field.crosswalk or path.startswith(("places", "codes")) or path in PLAIN else asked
        if path.startswith("places."):
            known = spelt(self.edition, field.list) if field.list else {}
            return known.get(fold(words)) or self.places.get(fold(words))
        if field.list:
            return spelt(self.edition, field.list).get(fold(words))
        if is_nothing(words):
            return None
        return self.organisation(words) if path in BODIES else words

    def asked(self, words: str) -> Data | None:
        found = unknown(words)
        if found is None:
            return None
        ask = self.organisation(found.who) if found.who else None
        return _said({"unknown": text("form.unknown", "vi"), "ask": ask, "by": found.by})

    def organisation(self, words: str) -> str:
        return self.entry(self.organisations, words, "co-quan", {"name": words[:1000]})

    def source(self, words: str) -> Data | str | None:
        if not words or is_nothing(words):
            return None
        return self.asked(words) or self.entry(
            self.sources, words, "nguon", {"kind": "submission", "title": words[:1000]}
        )

    # --- ids ---

    def named(self, row: Line, section: str, compared: tuple[str, ...]) -> str | None:
        """Give the id of what a row is about; None where it names nothing, or its code is taken by something else."""
        code, name = row.said(CODE, section), row.said("name", section)
        if not code and not name:
            if section == "elements":
                self.tell("F-NAME", row.place(CODE, section), row=str(row.row.number))
            return None
        key, place = fold(code or name), row.place(CODE, section)
        words = tuple(row.said(path, section) for path in compared)
        if key not in self.first:
            id = self.free(self.proposed(code, name) or f"dong-{row.row.number}")
            self.first[key], self.ids[key] = (words, place), id
            self.cells[id] = place
            self.cells |= {f"{id}.{field.field}": row.row.place(field.id) for field in row.fields(section)}
            self.ids.setdefault(fold(name), id)
            return id
        before, at = self.first[key]
        if section == "elements" or before != words:
            self.tell("F-TWICE", place, found=code or name[:60], first=str(at))
            return None
        return self.ids[key]

    def proposed(self, code: str, name: str) -> str:
        """Give the id that something would best have."""
        return proposal(code or name)[:60]

    def entry(self, there: dict[str, Data], words: str, prefix: str, data: Data) -> str:
        """Give the id under which something of these words stands, new or not."""
        key = (prefix, fold(words[:1000]))
        if key not in self.said:
            self.said[key] = self.free(f"{prefix}-{proposal(words[:1000])[:48].strip('-')}")
            there[self.said[key]] = data
        return self.said[key]

    def free(self, id: str) -> str:
        """Give an id that nothing bears yet: this one, or with a number behind it."""
        found = id
        while found in self.taken:
            self.last[id] = self.last.get(id, 1) + 1
            found = f"{id}-{self.last[id]}"
        self.taken.add(found)
        return found

    def find(self, row: Line, path: str, words: str = "") -> str | None:
        words = words or row.said(path)
        id = self.ids.get(fold(words))
        if id in self.elements:
            return id
        if words and not is_nothing(words):
            self.tell("F-REF", row.place(path), found=words[:60])
        return None

    def tell(self, code: str, at: CellSpan, severity: Severity = Severity.BLOCKER, **values: str) -> None:
        self.findings.append(Finding(code, at, values, severity=severity))


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its form: cells are asked for by the path of the field that they fill."""

    row: Row
    form: Form

    def fields(self, section: str) -> Iterator[FormField]:
        """Give the columns of a section that fill a field."""
        return (one for one in self.form.fields if one.field and (one.section or self.form.rows[0]) == section)

    def said(self, path: str, section: str = "") -> str:
        """Give the words of the cell that fills a field."""
        field = self._field(path, section)
        return self.row.said(field.id) if field else ""

    def place(self, path: str, section: str = "") -> CellSpan:
        """Give where that cell is."""
        field = self._field(path, section)
        return self.row.place(field.id) if field else self.row.at

    def _field(self, path: str, section: str) -> FormField | None:
        return next((one for one in self.fields(section or self.form.rows[0]) if one.field == path), None)


BODIES = frozenset(
    ("owner", "operator", "technical_contact", "data_owner", "confirmed_by", "contact", "lead")
)  # fields that name an organisation


def _parts(words: str) -> list[str]:
    return [part for piece in words.split(";") for line in piece.split("\n") if (part := line.strip(" -•\t"))]


def _said(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _code(code: str) -> Data | None:
    return {SCHEME: code} if code else None


def _inner(said: Data, name: str) -> Data:
    """Give what stands under a name, by the rest of the path."""
    return {key.partition(".")[2]: value for key, value in said.items() if key.startswith(f"{name}.")}
