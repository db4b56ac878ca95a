"""Every selected element has its place in the framework, or a reason why it has none."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.loading.nearest import nearest
from kientruc.model.element import Element
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.resting import placed, surest
from kientruc.validators.selection import Selection
from kientruc.validators.words import PlaceNames


class Mapped(Check):
    """Each selected element has one place of the edition, by its own word (`places`) or by its component's (`maps`).

    `parents` narrows it: the place is one of these or lies below one. A reason under `outside` stands in for a place.
    Passes: the witness is the element, then its component where the place is that component's; the reason is its
    own witness. Fails: no place (`{found}` is what it says); a place the edition does not know (`{near}` is the
    nearest name); or a place that is not below `parents`. Open: its component stands for places below more than one
    top place, which the element's own word can settle. `{allowed}` names the places on top. `by_component`: what does
    not pass for the sake of its component is told once, of that component, with those elements as further subjects
    and places; `{size}` says how many they are. Cost: one look at each element.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "near", "allowed", "size"}

    kind: Literal["mapped"]
    select: Selection
    parents: PlaceNames = ()
    by_component: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element, or for a component that many share."""
        shared: dict[tuple[str, str], list[tuple[Element, Found]]] = {}
        for element in self.select.of(matter):
            found = self._judge(element, matter)
            own_word = matter.edition.places_of in element.places
            if self.by_component and found.status is not Status.PASS and element.component and not own_word:
                shared.setdefault((element.component, found.reason), []).append((element, found))
            else:
                yield found
        for (component, _), several in sorted(shared.items()):
            yield _of_component(component, several, matter)

    def _judge(self, element: Element, matter: Matter) -> Found:
        edition, known, subjects = matter.edition.places_of, matter.edition.words.places, (element.id,)
        own = element.places.get(edition)
        component = matter.architecture.components.get(element.component or "")
        named = (own,) if own else component.maps.get(edition, ()) if component else ()
        witness = subjects if own or not component else (element.id, component.id)
        span = element.span("places", edition) if own else element.span()
        strange = next((place for place in named if place not in known), None)
        if strange is not None:
            return self._failed("unknown-place", element, (strange,), nearest(strange, known), span, matter)
        tops = {_top(place, matter) for place in named}
        if not named and element.outside.get(edition):
            return Found(Status.PASS, "outside", subjects, {}, subjects, element.span("outside", edition))
        if not named:
            return self._failed("unplaced", element, (), "", span, matter)
        if len(tops) > 1:
            return replace(self._failed("several-places", element, named, "", span, matter), status=Status.MANUAL)
        if self.parents and not any(self._below(place, matter) for place in named):
            return self._failed("other-place", element, named, "", span, matter)
        sure = surest((placed(element, matter),))
        return Found(Status.PASS, "placed", subjects, {}, witness, span, certainty=sure)

    def _below(self, place: str, matter: Matter) -> bool:
        return not set(self.parents).isdisjoint(_upwards(place, matter))

    def _failed(
        self, reason: str, element: Element, named: tuple[str, ...], near: str, span: Span | None, matter: Matter
    ) -> Found:
        places = matter.edition.words.places
        wanted = self.parents or tuple(id for id, place in places.items() if place.parent is None)
        values = {**matter.about(element), **matter.places(named, "found"), **matter.places(wanted, "allowed")}
        values |= matter.places((near,) if near else (), "near") | {"size": "1"}
        return Found(Status.FAIL, reason, (element.id,), values, named, span)


def _of_component(id: str, several: list[tuple[Element, Found]], matter: Matter) -> Found:
    """Tell once of a component what is wrong with all its elements that follow it."""
    component, first = matter.architecture.components[id], several[0][1]
    subjects = (id, *(element.id for element, _ in several))
    values = {**first.values, **matter.about(component), "size": str(len(several))}
    spans = tuple(span for element, _ in several[:SHOWN] if (span := element.span()))
    return Found(first.status, first.reason, subjects[: SHOWN + 1], values, first.witness, component.span(), spans)


def _upwards(place: str, matter: Matter) -> tuple[str, ...]:
    """Give a place, what it lies in, and so on."""
    found: list[str] = []
    following: str | None = place
    while following is not None and following not in found:
        found.append(following)
        following = matter.edition.words.places[following].parent
    return tuple(found)


def _top(place: str, matter: Matter) -> str:
    return _upwards(place, matter)[-1]
