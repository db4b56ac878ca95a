"""What is known while surveys are taken in: the architecture, and what the forms have said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kientruc.finding import Severity
from kientruc.intake.added import Slugs
from kientruc.intake.survey_values import Values
from kientruc.intake.survey_written import Change, Link, Plan, Submission
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.model.legal import SourceKind
from kientruc.model.verbs import Verb
from kientruc.reading.workbook import fold
from kientruc.source import Span
from kientruc.views import survey_form as form
from kientruc.views.survey import is_of

VERBS = {verb.value: verb for verb in Verb}


@dataclass
class Seen:
    """What all forms of one taking share."""

    architecture: Architecture
    values: Values
    wishes: dict[tuple[str, ...], list[Change]] = field(default_factory=dict)
    elements: dict[str, dict[str, Any]] = field(default_factory=dict)
    owners: dict[str, Submission] = field(default_factory=dict)  # of new elements: who told of them
    links: list[Link] = field(default_factory=list)
    names: dict[tuple[str, str], tuple[str, Span]] = field(default_factory=dict)  # new elements by form and name
    alike: dict[str, str] = field(default_factory=dict)  # the first element of each name
    last: dict[str, int] = field(default_factory=dict)  # the last number behind an id that several would have

    def __post_init__(self) -> None:
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
        """Add a finding."""
        self.values.tell(code, at, severity, **values)

    def is_of(self, element: Element, sender: Submission) -> bool:
        """Tell whether a body owns or runs an element, or told of it itself."""
        known, publisher = self.architecture.records["sources"], self.architecture.organisations[sender.body].name
        told = (known[id] for id in element.sources if id in known)
        return is_of(element, sender.body) or any(
            one.kind is SourceKind.SUBMISSION and one.publisher == publisher for one in told
        )

    def free(self, id: str) -> str:
        """Give an id that nothing bears yet: this one, or with a number behind it."""
        found = id
        while found in self.elements or found in self.taken or self.architecture.find(found):
            self.last[id] = self.last.get(id, 1) + 1
            found = f"{id}-{self.last[id]}"
        return found

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


def states_said(states: Mapping[str, Any]) -> Any:
    """Give the states an element is in, as people write them: a list where nothing else is said."""
    if all(there == "present" for there in states.values()):
        return [*states]
    return {id: str(there) for id, there in states.items()}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))[:60]
    return str(value)[:60]
