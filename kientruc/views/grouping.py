"""By what things are put together in a picture: the heading each thing stands under, in an order that stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kientruc.frameworks import Words
from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind, Layer
from kientruc.model.values import Access, Treatment
from kientruc.model.view_request import Colouring, Grouping
from kientruc.views.choice import Material
from kientruc.views.colours import UNKNOWN, UNSAID, reader, words
from kientruc.views.words import name

LAST = 1_000_000  # after every order that anybody gives


@dataclass(frozen=True, slots=True)
class Heading:
    """What a group is called; one with a `side` stands beside the others; `order` sorts, then `id`."""

    id: str
    label: str
    order: int = 0
    side: Literal["", "left", "right"] = ""


NO_FRAME = Heading("", "", -1)  # what stands right beneath the heading above it
Of = Callable[[Element], Heading]


def headings(material: Material, by: Grouping, edition: str = "") -> Of:
    """Make the function that gives the heading an element stands under.

    Args:
        edition: whose places are meant by `place`; the declared one where none is named.
    """
    match by:
        case Grouping.COMPONENT:
            return _component(material)
        case Grouping.PLACE:
            return _place(material, edition or material.architecture.head.edition)
        case Grouping.LAYER:
            order = list(Layer)
            label = {layer: text(f"layer.{layer.value}", material.lang) for layer in Layer}
            return lambda one: Heading(one.kind.layer, label[one.kind.layer], order.index(one.kind.layer))
        case Grouping.KIND:
            order_of = {kind: at for at, kind in enumerate(Kind)}
            return lambda one: Heading(one.kind, one.kind.in_(material.lang), order_of[one.kind])
        case Grouping.NONE:
            return lambda one: Heading("", "")
        case _:
            return _value(material, Colouring(by.value))


def empty(material: Material, by: Grouping, edition: str = "") -> Iterator[Heading]:
    """Give the headings that are shown even where nothing stands under them: what is missing must be seen."""
    if by is Grouping.COMPONENT:
        for component in material.architecture.components.values():
            yield Heading(
                component.id, name(component, material.lang), component.order, "left" if component.side else ""
            )
    elif by is Grouping.PLACE:
        words = _words(material, edition or material.architecture.head.edition)
        if words is not None:
            yield from (_standing(words, id, material.lang) for id in words.places if _top(words, id) == id)


def _component(material: Material) -> Of:
    known = {one.id: one for one in empty(material, Grouping.COMPONENT)}
    other = Heading("\0", text("group.no-component", material.lang), LAST)
    return lambda one: known.get(one.component or "", other)


def _place(material: Material, edition: str) -> Of:
    words, places = _words(material, edition), _places(material, edition)
    other = Heading("\0", text("group.no-place", material.lang), LAST)
    if words is None:
        return lambda one: other
    unchosen = Heading("\0?", text("group.unchosen-place", material.lang), LAST - 1)
    layers = {id: {_top(words, place) for place in at} for id, at in places.items()}
    found = {id: _standing(words, min(tops), material.lang) for id, tops in layers.items() if len(tops) == 1}
    return lambda one: found.get(one.id, unchosen if one.id in layers else other)


def unchosen_layers(material: Material, edition: str) -> frozenset[str]:
    """Name the layers in which something may stand whose place among several nobody has chosen."""
    words = _words(material, edition)
    if words is None:
        return frozenset()
    layers = ({_top(words, place) for place in at} for at in _places(material, edition).values())
    return frozenset(top for tops in layers if len(tops) > 1 for top in tops)


def place_of(material: Material, edition: str) -> Of:
    """Make the function that gives the place itself an element is at, not the layer it lies in.

    What may be at several has a heading without an id, which names them.
    """
    words = _words(material, edition)
    found = {id: _one_of(words, at, material.lang) for id, at in _places(material, edition).items()} if words else {}
    nowhere = Heading("", "")
    return lambda one: found.get(one.id, nowhere)


def _one_of(words: Words, at: list[str], lang: str) -> Heading:
    if len(at) == 1:
        return _place_heading(words, at[0], lang)
    names = "; ".join(_place_heading(words, id, lang).label for id in at)
    return Heading("", text("group.unchosen-among", lang, places=names))


def second_place_of(material: Material, edition: str) -> Of:
    """Make the function that gives what an element stands under within its layer; "" for what is right in the layer."""
    words, found = _words(material, edition), dict[str, Heading]()
    if words is not None:
        for id, at in _places(material, edition).items():
            seconds = {_second(words, place) for place in at}
            if len(seconds) == 1 and (second := seconds.pop()):
                found[id] = _place_heading(words, second, material.lang)
    return lambda one: found.get(one.id, NO_FRAME)


def _second(words: Words, id: str) -> str:
    """Follow a place to what is right below the top of its branch; "" for the top itself."""
    below = ""
    while (place := words.places.get(id)) and place.parent:
        below, id = id, place.parent
    return below


def _places(material: Material, edition: str) -> dict[str, list[str]]:
    """Give the places of each element in the order of the edition; several where its component maps to them."""
    words, found = _words(material, edition), dict[str, list[str]]()
    for place, ids in sorted(material.places(edition).items(), key=lambda pair: _order(words, pair[0])):
        for id in ids:
            found.setdefault(id, []).append(place)
    return found


def _words(material: Material, edition: str) -> Words | None:
    found = material.edition(edition)
    return found.words if found else None


def _place_heading(words: Words, id: str, lang: str) -> Heading:
    place = words.places.get(id)
    return Heading(id, place.name.in_(lang), _order(words, id)) if place else Heading(id, id, LAST)


def _standing(words: Words, id: str, lang: str) -> Heading:
    """Give a topmost place where the figure of its edition shows it; what the figure leaves out comes beneath."""
    found, stack = _place_heading(words, id, lang), words.picture
    if id in stack.rows:
        return replace(found, order=stack.rows.index(id) - LAST)
    if id in stack.left:
        return replace(found, order=stack.left.index(id), side="left")
    return replace(found, order=stack.right.index(id), side="right") if id in stack.right else found


def _order(words: Words | None, id: str) -> int:
    return words.places[id].order if words and id in words.places else LAST


def _top(words: Words, id: str) -> str:
    """Follow a place to the top of its branch; the pack's reader has refused circles."""
    while (place := words.places.get(id)) and place.parent:
        id = place.parent
    return id


def _value(material: Material, by: Colouring) -> Of:
    value, lang = reader(material, by), material.lang
    ordered: Iterable[str] = {Colouring.TREATMENT: Treatment, Colouring.ACCESS: Access}.get(by, ())
    order = {one: at for at, one in enumerate(ordered)}

    def of(element: Element) -> Heading:
        found = value(element)
        if found in (UNSAID, UNKNOWN):
            return Heading(found, text("colour.unsaid" if found == UNSAID else "colour.unknown", lang), LAST)
        return Heading(found, words(material, by, found), order.get(found, 0))

    return of
