"""Elements that name no source where most others do, though nothing says that they are assumed: one warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kientruc.finding import Finding, Severity
from kientruc.model.element import Element
from kientruc.model.values import Certainty

OTHERS = 2  # so many elements with a source for each without one: who names none has not begun to
SHOWN = 5


def unsourced(elements: Mapping[str, Element]) -> Iterator[Finding]:
    """Give one finding for all elements without a source, at the first of them as they are written."""
    bare = [one for one in elements.values() if not one.source and one.certainty is Certainty.STATED]
    found = [one for one in bare if not any(own.source for own in one.provenance.values())]
    if not found or len(elements) - len(found) < OTHERS * len(found):
        return
    placed = sorted((span.order, one.id, span) for one in found if (span := one.span()))
    told = ", ".join(id for _, id, _ in placed[:SHOWN]) + (f", … ({len(found)})" if len(found) > SHOWN else "")
    (_, _, first), *others = placed
    yield Finding("M-NOSOURCE", first, {"id": told}, tuple(one for *_, one in others[: SHOWN - 1]), Severity.MINOR)
