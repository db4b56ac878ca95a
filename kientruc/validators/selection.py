"""Which elements a check is about."""

from __future__ import annotations

from pydantic import StrictBool

from kientruc.frameworks.vocabulary import Late
from kientruc.model.element import Element
from kientruc.validators.conditions import ElementCondition, Kinds, compiled
from kientruc.validators.matter import Matter
from kientruc.validators.words import RoleNames


class Selection(Late):
    """Elements of one of the kinds, with one of the roles (or a narrower one), that belong to the submitted states.

    `own` leaves out what the architecture only refers to. An element for which `where` cannot be decided is left out:
    put what may be unknown into `when`, where it counts.
    """

    kind: Kinds | None = None
    role: RoleNames | None = None
    own: StrictBool = False
    where: ElementCondition | None = None

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
