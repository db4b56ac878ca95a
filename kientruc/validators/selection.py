"""Which elements, or which records of another section, a check is about."""

from collections.abc import Iterator
from typing import Any

from pydantic import StrictBool, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from kientruc.frameworks.vocabulary import Late, Words
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.validators.conditions import Condition, Kinds, measure
from kientruc.validators.deciding import Truth, compiled
from kientruc.validators.matter import Matter
from kientruc.validators.possible import Scope, faults, refuse
from kientruc.validators.words import RoleNames, RowsName


class Selection(Late):
    """Elements of one of the kinds, with one of the roles (or a narrower one), that belong to the submitted states.

    `own` leaves out what the architecture only refers to, `running` what has ended or is part of what has: duties of
    systems that run are not asked of it; one whose life-cycle is not known is asked. An element for which `where`
    cannot be decided is left out: put what may be unknown into `when`, where it counts.
    """

    kind: Kinds | None = None
    role: RoleNames | None = None
    own: StrictBool = False
    running: StrictBool = False
    where: Condition | None = None

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> "Selection":
        section: str = getattr(self, "section", "elements")
        if section != "elements" and (self.kind or self.role or self.own or self.running):
            raise PydanticCustomError("one_form", "", {"expected": "section: elements"})
        if self.where:
            measure(self.where, section, ("where",))
            refuse(faults(self.where, self.scope(info.context).at("where")))
        return self

    def scope(self, words: Words | None) -> Scope:
        """Tell what is known of everything it selects."""
        return Scope(getattr(self, "section", "elements"), frozenset(self.kind or Kind), words)

    def of(self, matter: Matter) -> tuple[Element, ...]:
        """Give the elements in id order."""
        return tuple(element for element, truth in self._elements(matter) if truth is True)

    def judged(self, matter: Matter) -> Iterator[tuple[Any, Truth]]:
        """Give, in id order, what may belong to it, with None for those of which `where` cannot be decided."""
        return self._elements(matter)

    def words(self, matter: Matter, key: str) -> dict[str, str]:
        """Fill a placeholder with the words for what is selected: its roles, else its kinds, else its section."""
        if self.role:
            return matter.roles(self.role, key)
        if self.kind:
            return {
                key: ", ".join(kind.vi for kind in self.kind),
                f"{key}_en": ", ".join(kind.en for kind in self.kind),
            }
        section = f"section.{getattr(self, 'section', 'elements')}"
        return {key: text(section, "vi"), f"{key}_en": text(section, "en")}

    def _elements(self, matter: Matter) -> Iterator[tuple[Element, Truth]]:
        roles = matter.edition.words.kinds_of(self.role) if self.role else None
        test = compiled(self.where, matter) if self.where else None
        for element in matter.graph.elements(kind=self.kind, role=roles):
            if self._is_looked_at(element, matter):
                truth = True if test is None else test(element)
                if truth is not False:
                    yield element, truth

    def _is_looked_at(self, element: Element, matter: Matter) -> bool:
        if not matter.graph.is_checked(element) or (self.own and element.reference is not None):
            return False
        return not (self.running and matter.graph.has_ended(element.id))


class RecordSelection(Selection):
    """Elements, records of another section, or relations; `architecture` is the head alone."""

    section: RowsName = "elements"

    def records(self, matter: Matter) -> tuple[Any, ...]:
        """Give the records in id order."""
        return tuple(record for record, truth in self.judged(matter) if truth is True)

    def judged(self, matter: Matter) -> Iterator[tuple[Any, Truth]]:
        """Give, in id order, what may belong to it, with None for those of which `where` cannot be decided."""
        if self.section == "elements":
            yield from self._elements(matter)
            return
        test = compiled(self.where, matter) if self.where else None
        for record in matter.records(self.section):
            truth = True if test is None else test(record)
            if truth is not False:
                yield record, truth
