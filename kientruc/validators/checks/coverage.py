"""Every place that the framework draws has at least one element."""

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import StrictBool

from kientruc.frameworks.vocabulary import Obligation, Place
from kientruc.model.element import Element
from kientruc.model.values import Certainty
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.resting import certainty, placed, surest
from kientruc.validators.words import PlaceNames

SHOWN = 20  # elements named as witnesses of one place


class Coverage(Check):
    """A place is covered by an element at it or at a place below it, through its component or by its own word.

    What has ended covers nothing. Where all that is there is only assumed, nobody has said that the place is covered;
    where all is at the place only by a doubtful word, it is covered and the outcome says so. At a place of
    `organisational` a component with a body that answers for it (`responsible`) is enough. `deep` asks it of the places
    below those on top as well, of an architecture that has placed anything in the framework at all.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "found"))

    kind: Literal["coverage"]
    obligation: tuple[Obligation, ...]
    deep: StrictBool = False
    organisational: PlaceNames = ()

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each place, in the framework's order."""
        if matter.is_empty:
            return
        places, elements = matter.edition.words.places, matter.architecture.elements
        held = matter.graph.places(matter.edition.places_of)
        if self.deep and not held:
            return
        at_or_below = _at_or_below(places, held)
        for id, place in places.items():
            if place.obligation not in self.obligation or (place.parent is not None and not self.deep):
                continue
            at_place = at_or_below.get(id, set())
            there = [name for name in sorted(at_place) if self._counts(elements[name], matter)]
            seen = [name for name in there if elements[name].certainty is not Certainty.ASSUMED]
            if there and not seen:
                values = {"id": id, "name": place.name.vi, "name_en": place.name.en, **matter.nothing("found")}
                span = elements[there[0]].span()
                yield Found(Status.MANUAL, "only-assumed", (id,), values, tuple(there[:SHOWN]), span)
                continue
            there = seen
            if there:
                sure = surest(placed(elements[name], matter) for name in there)
                span = elements[there[0]].span()
                yield Found(Status.PASS, "covered", (id,), {}, tuple(there[:SHOWN]), span, certainty=sure)
                continue
            mapped = matter.graph.mapped_components(matter.edition.places_of, id)
            span = matter.architecture.head.span()
            values = {"id": id, "name": place.name.vi, "name_en": place.name.en, **matter.nothing("found")}
            answered = [one for one in mapped if isinstance(matter.architecture.components[one].responsible, str)]
            if answered and id in self.organisational:
                span = matter.architecture.components[answered[0]].span("responsible")
                fields = ("responsible", f"maps.{matter.edition.places_of}")
                sure = surest(certainty(matter.architecture.components[one], fields) for one in answered)
                yield Found(Status.PASS, "answered-for", (id,), {}, tuple(answered[:SHOWN]), span, certainty=sure)
                continue
            if mapped:
                component = matter.architecture.components[mapped[0]]
                span = component.span()
                values |= {"found": component.name, "found_en": component.name_en or component.name}
            yield Found(Status.FAIL, "empty" if mapped else "unmapped", (id,), values, mapped, span)

    def _counts(self, element: Element, matter: Matter) -> bool:
        return matter.graph.is_checked(element) and not matter.graph.has_ended(element.id)


def _at_or_below(places: Mapping[str, Place], held: Mapping[str, Iterable[str]]) -> Mapping[str, set[str]]:
    """Give the elements at each place with those at all places below it, however deep."""
    found: dict[str, set[str]] = {}
    for id, names in held.items():
        at: str | None = id if id in places else None
        while at is not None:
            found.setdefault(at, set()).update(names)
            at = places[at].parent
    return found
