"""Where one condition holds of an element, another must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.result import Status
from kientruc.validators.check import ELEMENT, UNMET, Check, failed, undecided
from kientruc.validators.conditions import ElementCondition, compiled
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection


class WhenThen(Check):
    """Without `when` it concerns every selected element. Where `when` is undecided, only a `must` that holds passes."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | UNMET

    kind: Literal["when_then"]
    select: Selection
    when: ElementCondition | None = None
    must: ElementCondition

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element that it concerns."""
        when = compiled(self.when, matter) if self.when else None
        must = compiled(self.must, matter)
        for element in self.select.of(matter):
            concerned = when(element) if when else True
            if concerned is False:
                continue
            truth = must(element)
            subjects = (element.id,)
            if truth is True:
                yield Found(Status.PASS, "holds", subjects, {}, subjects, element.span())
            elif concerned is None and self.when is not None:
                yield undecided(self.when, element, subjects, matter.about(element), matter)
            else:
                tell = failed if truth is False else undecided
                yield tell(self.must, element, subjects, matter.about(element), matter)
