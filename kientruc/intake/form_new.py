"""New rows of an edited form as new records and connections, beside those that are there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from kientruc.finding import Severity
from kientruc.frameworks.edition import Edition
from kientruc.intake.added import Added, Slugs
from kientruc.intake.form_book import FormBook
from kientruc.intake.form_model import VERBS, Data, Line, Maker
from kientruc.loading.gathered import proposal
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.legal import SourceKind
from kientruc.model.planning import StateRole
from kientruc.reading.workbook import Row, fold
from kientruc.views.form_sheets import code_of

CITED = ("elements", "contents", "tasks")  # sections that rows name by code or name


class NewRows(Maker):
    """Makes records of rows; what the architecture holds already is known by code, by name, and by id."""

    def __init__(self, book: FormBook, edition: Edition, architecture: Architecture) -> None:
        if edition.forms is None:
            raise ValueError("an edition without forms")
        super().__init__(book, edition, edition.forms)
        self.architecture, self.slugs = architecture, Slugs(architecture)
        self.taken = {one.id for one in architecture.relations if one.id}
        self.taken |= {id for section in architecture.records.values() for id in section}
        self.ids = cited(architecture)
        for id, one in architecture.elements.items():
            self.elements[id] = {"kind": one.kind.value}
        self.contents = {id: {} for id in architecture.records["contents"]}
        self.tasks = {id: {} for id in architecture.records["tasks"]}
        for id, body in architecture.organisations.items():
            self.said["co-quan", fold(body.name)] = id
            self.said.setdefault(("co-quan", fold(body.name_en or body.name)), id)
        for id, source in architecture.records["sources"].items():
            self.said["nguon", fold(source.title)] = id
        base, target = (_first(architecture, role) for role in (StateRole.BASELINE, StateRole.TARGET))
        self.states = {"baseline": base, "target": target, "both": (*base, *target)}
        self.row: Row | None = None

    def take(self, row: Row, form: str) -> None:
        """Take a row that is new."""
        line = Line(row, self.forms.forms[form])
        self.row = row
        if line.form.rows == ("relations",):
            self.relation(line)
        elif line.form.rows == ("contents", "tasks"):
            self.pair(line)
        elif any(field.field == "mapping" for field in line.form.fields):
            self.mapping(line)
        else:
            self.object(line)

    def named(self, row: Line, section: str, compared: tuple[str, ...]) -> str | None:
        """Give the id of what a row is about: of a gap or a task that is there, its own."""
        key = fold(row.said("codes.mau03", section) or row.said("name", section))
        known = self.ids.get(key, "")
        if section != "elements" and known in self.architecture.records[section]:
            return known
        return super().named(row, section, compared)

    def proposed(self, code: str, name: str) -> str:
        return self.slugs.slug(name) or proposal(code)[:60]

    def organisation(self, words: str) -> str:
        """Give the id of a body that is there; "" for one that nobody has declared, which is told."""
        id = self.said.get(("co-quan", fold(words[:1000])), "")
        if not id and self.row is not None:
            cells = self.row.cells.values()
            at = next((cell.at for cell in cells if words in cell.text), self.row.at)
            near = nearest(words, [one.name for one in self.architecture.organisations.values()])
            self.tell("F-BODY", at, Severity.MAJOR, found=words[:60], near=near)
        return id

    # --- writing ---

    def write(self, added: Added) -> tuple[str, ...]:
        """Put what is new among the edits; give the ids of new records, and of new connections their ends."""
        names: list[str] = []
        own, told_by = self.submission(added)
        used: list[str] = []
        for id, data in self.elements.items():
            verbs = {verb: [_sourced(item, own) for item in data.pop(verb)] for verb in VERBS if verb in data}
            used += (str(item["source"]) for items in verbs.values() for item in items)
            names += (f"{id} → {item['to']}" for items in verbs.values() for item in items)
            if id in self.architecture.elements:
                for verb, items in verbs.items():
                    added.relate(id, verb, items)
            else:
                names.append(id)
                told = _sourced({**data, **verbs}, own)
                used.append(str(told["source"]))
                added.add("elements", id, told, body=str(data.get("owner", "")))
        for section, records in (("contents", self.contents), ("tasks", self.tasks)):
            for id, data in records.items():
                if id not in self.architecture.records[section]:
                    names.append(id)
                    used.append(own)
                    added.add(section, id, _sourced(data, own))
                elif covers := data.get("covers"):
                    names += (f"{id} → {content}" for content in covers)
                    added.relate(id, "covers", covers)
        for id, source in self.sources.items():
            added.add("sources", id, source)
        if told_by and own in used:
            added.add("sources", own, told_by)
        added.write()
        return tuple(names)

    def submission(self, added: Added) -> tuple[str, Data]:
        """Give the id of the source that the workbook is, and what is to be written of it where it is new."""
        title = submission_title(self.book.source.path)
        known: Mapping[str, Any] = self.architecture.records["sources"]
        there = (id for id, one in known.items() if one.kind is SourceKind.SUBMISSION and one.title == title)
        id = next(there, "")
        if id:
            return id, {}
        name = proposal(PurePath(self.book.source.path).stem)[:40] or "tep"
        return added.free(self.free(f"mau03-{name}")), {"kind": "submission", "title": title}


def _sourced(data: Data, source: str) -> Data:
    return {**data, "source": data.get("source") or source, "certainty": "stated"}


def _first(architecture: Architecture, role: StateRole) -> tuple[str, ...]:
    return tuple(id for id, state in architecture.states.items() if state.role is role)[:1]


def submission_title(file: str) -> str:
    """Give the title of the source that a workbook is."""
    return text("form.submission", "vi", file=file)[:1000]


def cited(architecture: Architecture) -> dict[str, str]:
    """Give the ids of what rows name, by what they may call it: code, name, id; of two of one name, the first."""
    found: dict[str, str] = {}
    for by in (lambda one: code_of(one), lambda one: one.id, lambda one: one.name):
        for section in CITED:
            for id, record in architecture.records[section].items():
                if words := fold(by(record)):
                    found.setdefault(words, id)
    return found
