"""Which elements, or which records of another section, a check is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import StrictBool, model_validator
from pydantic_core import PydanticCustomError

from kientruc.frameworks.vocabulary import Late
from kientruc.model.element import Element
from kientruc.validators.conditions import Condition, Kinds, compiled, measure
from kientruc.validators.matter import Matter
from kientruc.validators.words import RoleNames, RowsName


class Selection(Late):
    """Elements of one of the kinds, with one of the roles (or a narrower one), that belong to the submitted states.

    `own` leaves out what the architecture only refers to. An element for which `where` cannot be decided is left out:
    put what may be unknown into `when`, where it counts.
    """

    kind: Kinds | None = None
    role: RoleNames | None = None
    own: StrictBool = False
    where: Condition | None = None

    @model_validator(mode="after")
    def _fits(self) -> Selection:
        section: str = getattr(self, "section", "elements")
        if section != "elements" and (self.kind or self.role or self.own):
            raise PydanticCustomError("one_form", "", {"expected": "section: elements"})
        if self.where:
            measure(self.where, section)
        return self

    def of(self, matter: Matter) -> tuple[Element, ...]:
        """Give the elements in id order."""
        roles = matter.edition.words.kinds_of(self.role) if self.role else None
        test = compiled(self.where, matter) if self.where else None
        return tuple(
            element
            for element in matter.graph.elements(kind=self.kind, role=roles)
            if matter.graph.is_checked(element)
            and not (self.own and element.reference is not None)
            and (test is None or test(element) is True)
        )


class RecordSelection(Selection):
    """Elements, records of another section, or relations; `architecture` is the head alone."""

    section: RowsName = "elements"

    def records(self, matter: Matter) -> tuple[Any, ...]:
        """Give the records in id order, relations in canonical order if they belong to the submitted states."""
        if self.section == "elements":
            return self.of(matter)
        test = compiled(self.where, matter) if self.where else None
        return tuple(record for record in self._found(matter) if test is None or test(record) is True)

    def _found(self, matter: Matter) -> Iterable[Any]:
        architecture = matter.architecture
        if self.section == "architecture":
            return (architecture.head,)
        if self.section == "relations":
            return filter(matter.graph.is_checked, architecture.relations)
        return architecture.records[self.section].values()
