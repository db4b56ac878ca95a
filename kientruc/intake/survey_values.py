"""What the cells of a survey mean: values of its lists, numbers, days, money, and answers to what is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kientruc.consultation.filled import day_in, line_in
from kientruc.finding import Finding, Severity
from kientruc.frameworks.edition import Edition
from kientruc.loading.nearest import nearest
from kientruc.messages import LANGUAGES, text
from kientruc.model.architecture import Architecture
from kientruc.model.field_types import holds
from kientruc.model.planning import Sourcing
from kientruc.model.record import Record
from kientruc.model.unknown_values import Path
from kientruc.reading.workbook import Cell, fold
from kientruc.source import Span
from kientruc.views import survey_form as form
from kientruc.views.survey import list_of

ONE_LINE = frozenset(("name", "unit", "protocol", "data"))
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,18})(?:,(\d{1,9}))?")
_CODE = re.compile(r"([a-z0-9][a-z0-9._-]*)\s+[–—-]\s+.*")


class Values:
    """Reads cells for one architecture; what cannot be read is among the findings."""

    def __init__(self, architecture: Architecture, edition: Edition) -> None:
        self.architecture, self.edition = architecture, edition
        self.findings: list[Finding] = []
        self.lists = {lang: form.choices(architecture, edition, lang, frozenset()) for lang in LANGUAGES}
        self.spelt: dict[str, dict[str, str]] = {}
        for lists in self.lists.values():
            for id, words in lists.items():
                known = self.spelt.setdefault(id, {})
                for value, word in words.items():
                    known.setdefault(fold(word), value)
                    known.setdefault(fold(value), value)
        self.elements = dict(self._names())

    def _names(self) -> Iterator[tuple[str, str]]:
        """Give the elements whose names nothing else bears, by those."""
        every = [(fold(one.name), one.id) for one in self.architecture.elements.values()]
        count = Counter(name for name, _ in every)
        yield from ((name, id) for name, id in every if count[name] == 1)

    def tell(self, code: str, at: Span | None, /, severity: Severity = Severity.BLOCKER, **values: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(code, at, values, severity=severity))

    def value(self, one: form.Asked, cell: Cell) -> Any:
        """Give what a cell says, None where it cannot be read: that is told."""
        if one.list in self.spelt:
            return self.chosen(one.list, cell, one.key)
        if one.list == "day":
            return day_in(cell, self.findings)
        if one.key == "amount":
            return self.money(cell)
        return line_in(cell, self.findings) if one.key in ONE_LINE else cell.text

    def chosen(self, list: str, cell: Cell, key: str) -> Any:
        """Give the value of a list that a cell names."""
        value = self.element(cell.text) if list == "elements" else self.spelt[list].get(fold(cell.text))
        if value is None and list == "bodies":
            known = [one.name for one in self.architecture.organisations.values()]
            self.tell("F-BODY", cell.at, found=cell.text[:60], near=nearest(cell.text, known))
        elif value is None:
            words = [*self.lists["vi"][list].values()]
            found, near, allowed = cell.text[:60], nearest(cell.text, words), "; ".join(words[:20])
            self.tell("F-VALUE", cell.at, field=form.words(key)[0], found=found, near=near, allowed=allowed)
        elif list == "levels":
            return int(value)
        elif list == "answers":
            return value == "true"
        return value

    def element(self, words: str) -> str | None:
        """Give the element that "code – name", a code or a name alone stands for; None for none."""
        match = _CODE.fullmatch(" ".join(words.split()))
        code = match[1] if match else words
        return code if code in self.architecture.elements else self.elements.get(fold(words))

    def money(self, cell: Cell) -> Any:
        value = int(cell.value) if isinstance(cell.value, float) and cell.value.is_integer() else cell.value
        found = holds(Sourcing, ("amount",)).read(value)
        if found is None:
            self.tell("F-NUMBER", cell.at, found=cell.text[:60])
        return found

    def quantity(self, number: Cell | None, unit: Cell | None) -> dict[str, Any] | None:
        """Give an amount with its unit; None where there is no number, or none that can be read."""
        if number is None or number.is_empty:
            if unit is not None and not unit.is_empty:
                self.tell("F-NUMBER", unit.at, found=unit.text[:60])
            return None
        found = amount(number)
        if found is None:
            self.tell("F-NUMBER", number.at, found=number.text[:60])
        elif unit is not None and not unit.is_empty:
            return {**found, "unit": line_in(unit, self.findings)}
        return found

    def answer(self, record: Record, path: Path, cell: Cell) -> Any:
        """Give the first of what an answer may mean that its field takes; None where it takes none, which is told."""
        list, place = list_of(self.edition, record, path), holds(type(record), path)
        if list:
            return self.chosen(list, cell, "answer")
        found: Any = next((one for one in self._meanings(cell) if place.read(one) is not None), None)
        if place.refers and isinstance(found, str):
            match = _CODE.fullmatch(found)
            code = match[1] if match else found
            ids = (code, self.element(found) or "")
            known = (id for id in ids for section in place.refers if id in self.architecture.records[section])
            found = next(known, None)
        if found is None:
            self.tell("F-ANSWER", cell.at, Severity.MAJOR, field=".".join(map(str, path)), found=cell.text[:60])
        return found

    def _meanings(self, cell: Cell) -> Iterator[Any]:
        yield cell.text
        number = amount(cell)
        if number and "value" in number:
            yield number["value"]
        quiet: list[Finding] = []
        day = day_in(cell, quiet)
        if day is not None:
            yield day
        yes = self.spelt["answers"].get(fold(cell.text))
        if yes:
            yield yes == "true"
        head, _, unit = cell.text.partition(" ")
        number = amount(Cell(head, cell.at))
        if number and unit:
            yield {**number, "unit": unit}
        yield [part.strip() for part in re.split(r"[;\n]", cell.text) if part.strip()]


def amount(cell: Cell) -> dict[str, Any] | None:
    """Read a number, also one that is only about right or only a bound; None where there is none."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return {"value": _exact(Decimal(str(cell.value)))}
    words = fold(cell.text)
    for key, of in form.NUMBERS.items():
        for lang in LANGUAGES:
            head = fold(text(of, lang, number=""))
            if words.startswith(f"{head} "):
                found = _NUMBER.fullmatch(cell.text.split()[-1])
                return {key: _number(found)} if found else None
    match = _NUMBER.fullmatch(cell.text)
    return {"value": _number(match)} if match else None


def _number(match: re.Match[str]) -> int | Decimal:
    return _exact(Decimal(match[1].replace(".", "") + "." + (match[2] or "0")))


def _exact(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value
