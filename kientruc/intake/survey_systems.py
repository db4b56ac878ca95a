"""The table of systems of a survey: what was filled in or mended since it went out, and systems that are new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kientruc.consultation.about import resolved
from kientruc.finding import Severity
from kientruc.intake.survey_seen import Seen, states_said
from kientruc.intake.survey_written import Change, Submission
from kientruc.messages import LANGUAGES
from kientruc.model.element import Element, Quantity
from kientruc.model.record import adapter
from kientruc.reading.workbook import Row, fold
from kientruc.source import CellSpan
from kientruc.views import survey_form as form
from kientruc.views.survey import cells

PLAIN = frozenset(("name", form.BASELINE))  # fields that bear no source of their own
APART = frozenset(("number", "id", "unit", "quantity"))
NOTHING: Mapping[str, str] = {}


@dataclass
class Systems:
    """Takes rows of systems."""

    seen: Seen

    def system(self, row: Row, sender: Submission) -> None:
        """Take a row of the table of systems: of one that is known, one that has another id now, or a new one."""
        id, place = row.said("id"), row.place("name")
        before = (sender.filled.before or {}).get(id, NOTHING)
        if not id:
            self.unknown_row(row, sender)
        elif id in self.seen.architecture.elements:
            self.known(self.seen.architecture.elements[id], row, sender, before)
        elif id in self.seen.architecture.records["retired"] and (after := self.successor(id)):
            self.seen.tell("F-RETIRED", place, Severity.MINOR, code=id, after=after.id)
            self.known(after, row, sender, before)
        else:
            self.seen.tell("F-LOST", place, Severity.MAJOR, code=id, name=row.said("name") or "–")

    def successor(self, id: str) -> Element | None:
        after = resolved(self.seen.architecture, id)
        return self.seen.architecture.elements.get(after[0]) if len(after) == 1 else None

    def unknown_row(self, row: Row, sender: Submission) -> None:
        name = fold(row.said("name"))
        if not name:
            self.seen.tell("F-NAME", row.place("name"), row=str(row.number))
            return
        there = next((one for one in self.seen.by_name.get(name, ()) if self.seen.is_of(one, sender)), None)
        if there is not None:  # told of before, or overlooked in the rows above
            self.known(there, row, sender, NOTHING)
        else:
            self.new(row, sender)

    def known(self, element: Element, row: Row, sender: Submission, before: Mapping[str, str]) -> None:
        """Take over each cell that says something else than it did, if the architecture still says what it did."""
        lang = sender.filled.keys.get("lang", "")
        lang = lang if lang in LANGUAGES else "vi"
        lists, count = self.seen.values.lists[lang], len(self.seen.wishes)
        now = dict(
            zip(
                (one.key for one in form.SYSTEMS[1:-1]),
                cells(self.seen.architecture, element, lists, lang),
                strict=True,
            )
        )
        today = {key: form.cell_words(value) for key, value in now.items()}
        if sender.filled.before is None:
            before = today
        for one in form.SYSTEMS:
            cell = row.cells.get(one.key)
            if one.key in APART or cell is None or _same(cell.text, before.get(one.key, "")):
                continue
            if cell.is_empty:
                self.seen.tell("F-CLEARED", cell.at, Severity.MINOR, found=before.get(one.key, "")[:60])
                continue
            value = self.seen.values.value(one, cell)
            if value is None or value == form.value_at(self.seen.architecture, element, one.key):
                continue
            if one.key in form.SETTLED:
                self.seen.tell("F-LOCKED", cell.at, Severity.MAJOR, field=form.words(one.key)[0], found=cell.text[:60])
            elif not _same(today[one.key], before.get(one.key, "")):
                self.seen.tell(
                    "F-MOVED", cell.at, Severity.MAJOR, found=cell.text[:60], there=today[one.key][:60] or "–"
                )
            else:
                self.wish(element, one.key, value, cell.at, sender)
        self.quantity(element, row, sender, before, today)
        if len(self.seen.wishes) > count and not self.seen.is_of(element, sender):
            self.seen.tell("F-OTHERS", row.place("name"), Severity.MINOR, found=element.name[:60], body=sender.body)

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
            self.seen.tell("F-CLEARED", at, Severity.MINOR, found=before.get("quantity", "")[:60])
            return
        value = self.seen.values.quantity(*pair)
        if value is None:
            return
        there = form.value_at(self.seen.architecture, element, "quantity")
        if there == adapter(Quantity).validate_python(value):
            return
        if any(not _same(today[key], before.get(key, "")) for _, key in found):
            words = " ".join(cell.text for cell, _ in found)
            self.seen.tell(
                "F-MOVED", at, Severity.MAJOR, found=words, there=f"{today['quantity']} {today['unit']}".strip() or "–"
            )
            return
        self.wish(element, "quantity", value, at, sender)

    def wish(self, element: Element, key: str, value: Any, at: CellSpan, sender: Submission) -> None:
        """Note where a value is to be written: several may want to say what stands in one place."""
        record: Any = element
        path: tuple[str, ...] = ()
        if key == form.BASELINE:
            path, value = ("states",), states_said({**element.states, self.seen.baseline: value})
        elif key in form.COST:
            found = form.sourcing_of(self.seen.architecture, element.id)
            if len(found) > 1:
                self.seen.tell("F-LOCKED", at, Severity.MAJOR, field=form.words(key)[0], found=str(value)[:60])
                return
            record, path = (found[0], (key,)) if found else (None, (element.id, key))
        else:
            path = form.place_of(self.seen.architecture, element, key)
        section = "sourcing" if key in form.COST else "elements"
        keys = ("elements" if record is element else section, record.id if record else "", *path)
        change = Change(record, path, value, at, sender, plain=key in PLAIN)
        self.seen.wishes.setdefault(keys, []).append(change)

    def new(self, row: Row, sender: Submission) -> None:
        """Make a new element of a row."""
        name, place = row.said("name"), row.place("name")
        key = (str(id(sender.filled)), fold(name))
        if key in self.seen.names:
            self.seen.tell("F-TWICE", place, found=name[:60], first=str(self.seen.names[key][1]))
            return
        if not row.said("kind"):
            self.seen.tell("F-KIND", place, found=name[:60])
            return
        alike = self.seen.alike.get(fold(name))
        data: dict[str, Any] = {}
        for one in form.SYSTEMS:
            cell = row.cells.get(one.key)
            if one.key not in APART and cell is not None and not cell.is_empty:
                data[one.key] = self.seen.values.value(one, cell)
        if any(not row.cells[key].is_empty for key in ("quantity", "unit") if key in row.cells):
            data["quantity"] = self.seen.values.quantity(row.cells.get("quantity"), row.cells.get("unit"))
        new = self.seen.free(self.seen.slugs.slug(name) or str(data["kind"]).replace("_", "-"))
        if alike:
            self.seen.tell("F-ALIKE", place, Severity.MINOR, found=name[:60], id=alike)
        there = data.pop(form.BASELINE, None)
        data["states"] = states_said({self.seen.baseline: there}) if there and self.seen.baseline else None
        for key_of_cost in form.COST:
            if data.get(key_of_cost) is not None:
                change = Change(None, (new, key_of_cost), data[key_of_cost], row.place(key_of_cost), sender)
                self.seen.wishes.setdefault(("sourcing", "", new, key_of_cost), []).append(change)
            data.pop(key_of_cost, None)
        first = {"kind": data.pop("kind"), "name": data.pop("name")}
        self.seen.elements[new] = {**first, **{name: value for name, value in data.items() if value is not None}}
        self.seen.owners[new], self.seen.names[key] = sender, (new, place)
        self.seen.alike.setdefault(fold(name), new)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())
