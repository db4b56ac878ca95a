"""The layered picture: what each component holds, which of it is there, wanted, assumed or not said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb
from kientruc.model.view_request import Colouring, Grouping, Ordering
from kientruc.views.choice import EVERYTHING, Choice, Material
from kientruc.views.colours import Colours, colours, field_of
from kientruc.views.doubts import SHOWN, least, signs, untold, why
from kientruc.views.grouping import LAST, NO_FRAME, Heading, Of, empty, headings, second_place_of, unchosen_layers
from kientruc.views.marks import is_later, mark
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from kientruc.views.title_block import footer, subtitle, title
from kientruc.views.words import name, sources

DRAWN = 500  # elements; past so many a report has no picture: `kientruc view` draws what is asked for
READABLE = 120  # elements that one picture can name; past so many, what is alike is counted instead
NAMED = 20  # names told of what is counted, to whoever points at it
FEW = 4  # of a kind that are still named where others are counted; bodies with no more share a band
BODIES = (Grouping.OWNER, Grouping.OPERATOR)


def pictures(material: Material) -> tuple[LayeredPicture, ...]:
    """Give the pictures of a report: the whole, with what was seen later if anything was; none if too large."""
    elements = material.architecture.elements
    if len(elements) > DRAWN:
        return ()
    later = any(is_later(material.architecture, element) for element in elements.values())
    return (layered(material), *((layered(material, observed=True),) if later else ()))


def component_ids(architecture: Architecture) -> tuple[str, ...]:
    """Give the components that hold something to draw, in their order."""
    held = {element.component for element in architecture.elements.values() if not is_later(architecture, element)}
    in_order = architecture.components_in_order
    return tuple(component.id for component in in_order if component.id in held)


def layered(
    material: Material,
    choice: Choice = EVERYTHING,
    observed: bool = False,
    shown: Colours | None = None,
    counted: bool | None = None,
    sourced: bool = False,
) -> LayeredPicture:
    """Make a layered picture: of all components, or of what is chosen; what is too much to be named is counted.

    Args:
        observed: show what was only seen after the data cut-off too, with a mark of its own.
        shown: what the colours mean, where that is no property of an element.
        counted: whether what is too much to be named is counted; by default where no selection asks for it.
        sourced: leave out what is only assumed, and say in the footer how much that is.
    """
    key = "picture.layered-observed" if observed else "picture.layered"
    layers = _Layers(material, choice, observed, shown, counted, sourced)
    picture = layers.picture(choice.id or key.removeprefix("picture."), key)
    about = {"name": picture.title, "components": len(picture.rows + picture.left), "blocks": picture.blocks}
    return replace(picture, description=text(f"{key}.description", material.lang, **about))


def component_picture(
    material: Material, id: str, choice: Choice = EVERYTHING, counted: bool = False
) -> LayeredPicture:
    """Make the picture of one component: a row for each kind of thing it holds.

    Args:
        counted: whether what is too much to be named is counted.
    Raises:
        KeyError: there is no such component.
    """
    architecture, lang = material.architecture, material.lang
    heading = name(architecture.components[id], lang)
    held = frozenset(one.id for one in material.elements(choice) if one.component == id)
    within = replace(
        choice,
        elements=held,
        group_by=choice.group_by or Grouping.KIND,
        id=choice.id or f"component-{id}",
        heading=choice.heading or heading,
    )
    picture = _Layers(material, within, observed=False, counted=counted).picture(within.id, "picture.layered")
    return replace(
        picture,
        subtitle=f"{name(architecture.head, lang)}. {picture.subtitle}",
        description=text("picture.component.description", lang, name=heading, blocks=picture.blocks),
    )


def stacked(
    material: Material, choice: Choice, id: str, rows: tuple[Band, ...], legend: tuple[LegendEntry, ...]
) -> LayeredPicture:
    """Make the picture of rows that a view has put together itself."""
    heading = title(material, choice, id)
    held = [block for band in rows for group in band.groups for block in group.blocks]
    blocks = len(held)
    about = {"name": heading, "components": len(rows), "blocks": blocks}
    return LayeredPicture(
        id=choice.id or id,
        title=heading,
        subtitle=subtitle(material, choice),
        description=text("picture.layered.description", material.lang, **about),
        lang=material.lang,
        rows=rows,
        left=(),
        right=(),
        legend=(*legend, *signs((block.certainty for block in held), material.lang)),
        footer=" ".join((*choice.notes, footer(material))),
    )


class _Layers:
    """Makes one picture: who is in it, under which heading, in which colour."""

    def __init__(
        self,
        material: Material,
        choice: Choice,
        observed: bool,
        shown: Colours | None = None,
        counted: bool | None = None,
        sourced: bool = False,
    ) -> None:
        self.material, self.choice = material, choice
        self.architecture, self.lang = material.architecture, material.lang
        self.by = choice.group_by or Grouping.COMPONENT
        self.heading = headings(material, self.by, choice.edition)
        members = sorted(self._members(observed), key=self._order())
        left = {one.id for one in members if sourced and one.certainty is Certainty.ASSUMED}
        self.left_out = [one for one in members if one.id in left]
        self.members = [one for one in members if one.id not in left]
        self.colours = shown or colours(material, self.members, choice.colour_by or Colouring.STATE)
        self.parts = _parts(material.architecture)
        self.within = self._within()
        by_place = self.by is Grouping.PLACE
        self.unchosen = unchosen_layers(material, self._edition) if by_place else frozenset[str]()
        wanted = choice.elements is None and self.by is not Grouping.PLACE if counted is None else counted
        self.counted = wanted and len(self.members) > READABLE

    def picture(self, id: str, key: str) -> LayeredPicture:
        """Put everything under its heading."""
        choice = self.choice
        held = self._held()
        order = sorted(held, key=lambda one: (one.order, one.id))
        bands = {one: self._band(one, held[one]) for one in order}
        if self.by in BODIES:
            order = sorted(order, key=lambda one: (one.order, -len(held[one])))
            bands = self._few_together(order, held, bands)
        one_state = "network" if choice.state else key  # then the picture is not of both
        return LayeredPicture(
            id=id,
            title=choice.heading or name(self.architecture.head, self.lang),
            subtitle=subtitle(self.material, choice, one_state),
            description="",
            lang=self.lang,
            rows=tuple(bands[one] for one in order if one in bands and not one.side),
            left=tuple(bands[one] for one in order if one in bands and one.side == "left"),
            right=tuple(bands[one] for one in order if one in bands and one.side == "right"),
            legend=(*self.colours.legend, *signs(_certainties(bands.values()), self.lang)),
            footer=" ".join((*choice.notes, *self._said_of_left_out(), footer(self.material, key))),
        )

    def _members(self, observed: bool) -> Iterator[Element]:
        """Give what may be shown: what is only seen later where that is asked for, what is not there in no state."""
        state = self.choice.state
        for element in self.material.elements(self.choice):
            if not observed and is_later(self.architecture, element):
                continue
            if state and self.material.graph.membership(element, state) == "absent":
                continue
            if self.choice.elements is None and self.by is Grouping.COMPONENT and element.component is None:
                continue
            yield element

    def _order(self) -> Callable[[Element], tuple[Any, ...]]:
        marks, kinds = list(Mark), list(Kind)
        match self.choice.order_by:
            case Ordering.KIND:
                return lambda one: (kinds.index(one.kind), one.id)
            case Ordering.NAME:
                return lambda one: (name(one, self.lang).casefold(), one.id)
            case Ordering.ID:
                return lambda one: (one.id,)
            case _:
                return lambda one: (marks.index(mark(self.architecture, one)), one.id)

    def _held(self) -> dict[Heading, list[Element]]:
        whole = self.choice.elements is None
        held: dict[Heading, list[Element]] = {
            one: [] for one in (empty(self.material, self.by, self.choice.edition) if whole else ())
        }
        for element in self.members:
            held.setdefault(self.heading(element), []).append(element)
        return held

    def _band(self, heading: Heading, members: list[Element]) -> Band:
        if self.within is not None:
            groups = tuple(self._grouped(heading.id, members, self.within))
        else:
            groups = tuple(self._counted(heading.id, members) if self.counted else self._groups(members))
        id = heading.id or "tat-ca"
        left = 0 if members else sum(self.heading(one) == heading for one in self.left_out)
        empty = "picture.empty-unchosen" if heading.id in self.unchosen else "picture.empty"
        why = text("picture.empty-left-out", self.lang, count=left) if left else text(empty, self.lang)
        return Band(id, heading.label, groups, why)

    def _said_of_left_out(self) -> Iterator[str]:
        if self.left_out:
            yield text("picture.left-out", self.lang, count=len(self.left_out))

    def _few_together(
        self, order: list[Heading], held: dict[Heading, list[Element]], bands: dict[Heading, Band]
    ) -> dict[Heading, Band]:
        """Put bodies that have only a few things into one band, a frame for each, where the last of them stands."""
        few = [one for one in order if len(held[one]) <= FEW and one.order < LAST]
        if len(few) < FEW:
            return bands
        groups = tuple(
            Group(one.id, one.label, tuple(block for group in bands[one].groups for block in group.blocks))
            for one in few
        )
        kept = {one: band for one, band in bands.items() if one not in few}
        return {**kept, few[-1]: Band("it-thanh-phan", text("group.few-each", self.lang), groups)}

    def _within(self) -> Of | None:
        """Give the heading under which things stand inside a band; None where that is the whole they are part of."""
        if self.choice.within is not None:
            return headings(self.material, self.choice.within, self.choice.edition)
        if self.by is Grouping.PLACE:
            return second_place_of(self.material, self._edition)
        return None

    @property
    def _edition(self) -> str:
        """The edition whose places are meant."""
        return self.choice.edition or self.architecture.head.edition

    def _grouped(self, id: str, members: list[Element], of: Of) -> Iterator[Group]:
        """Put what stands under one heading into frames of their own; what has none comes first, without a frame."""
        held: dict[Heading, list[Element]] = defaultdict(list)
        for element in members:
            held[of(element)].append(element)
        for heading, inside in [*held.items()]:
            if [name(one, self.lang) for one in inside] == [heading.label]:
                held[NO_FRAME] += held.pop(heading)  # a frame would only say the same again
        for heading in sorted(held, key=lambda one: (one.order, one.id)):
            inside = held[heading]
            counted = self._counted(f"{id}-{heading.id}", inside) if self.counted else ()
            blocks = [block for group in counted for block in group.blocks] or map(self._block, inside)
            yield Group(f"{id}-{heading.id}" if heading.id else "", heading.label, tuple(blocks))

    def _counted(self, id: str, members: list[Element]) -> Iterator[Group]:
        """Name the few of a kind, and count the many by how they stand; the biggest counts come first."""
        found: dict[tuple[Kind, LegendEntry], list[Element]] = defaultdict(list)
        for element in members:
            found[element.kind, self.colours.of(element)].append(element)
        blocks: list[Block] = []
        for (kind, shown), alike in sorted(
            found.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][1].label)
        ):
            if len(alike) <= FEW:
                blocks += [self._block(element) for element in alike]
                continue
            words = f"{len(alike)} {kind.in_(self.lang)}"
            names = "; ".join(name(element, self.lang) for element in alike[:NAMED])
            note = f"{words}. {shown.label}. {names}{'; …' if len(alike) > NAMED else ''}"
            ids = tuple(element.id for element in alike)
            sure = least(map(self._untold, alike))
            blocks.append(
                Block(f"{id}-{kind.value}-{shown.mark.value}", words, shown.mark, note, shown.badge, ids, sure)
            )
        if blocks:
            yield Group("", "", tuple(blocks))

    def _groups(self, members: list[Element]) -> Iterator[Group]:
        """Put the parts of a member beside each other under its name; what is no part of a member comes first."""
        ids = {element.id for element in members}
        parent = {id: whole for id in ids for whole in self.parts.get(id, ()) if whole in ids}
        inside: dict[str, list[Element]] = {whole: [] for whole in sorted(parent.values()) if whole not in parent}
        loose = [element for element in members if element.id not in parent and element.id not in inside]
        for element in members:
            if element.id in parent:
                inside.get(_top(element.id, parent), loose).append(element)  # a circle of parts has no top
        if loose:
            yield Group("", "", tuple(self._block(element) for element in loose))
        for whole, held in inside.items():
            element = self.architecture.elements[whole]
            shown = self.colours.of(element)
            blocks = tuple(self._block(one) for one in held)
            words, sure = name(element, self.lang), self._untold(element)
            yield Group(whole, words, blocks, shown.mark, shown.badge, sure)

    def _block(self, element: Element) -> Block:
        shown = self.colours.of(element)
        kind = element.kind.in_(self.lang)
        note = f"{name(element, self.lang)} ({kind}). {shown.label}."
        origin = sources(self.architecture, element, self.lang)
        note = " ".join(filter(None, (note, why(element, self._fields(element), self.lang), origin)))
        sure = self._untold(element)
        return Block(element.id, name(element, self.lang), shown.mark, note, shown.badge, certainty=sure)

    def _untold(self, element: Element) -> Certainty:
        return untold(element, self.colours.of(element).mark, self._places(element), self.colours.field)

    def _fields(self, element: Element) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*SHOWN, *self._places(element), self.colours.field)))

    def _places(self, element: Element) -> Iterator[str]:
        """Name the fields that decide where an element stands."""
        for by in filter(None, (self.by, self.choice.within)):
            place = f"places.{self.choice.edition or self.architecture.head.edition}"
            own = by is Grouping.PLACE and place in element.provenance
            yield place if own else "component" if by is Grouping.PLACE else field_of(by)


def _certainties(bands: Iterable[Band]) -> Iterator[Certainty]:
    for band in bands:
        for group in band.groups:
            yield from (group.certainty, *(block.certainty for block in group.blocks))


def _parts(architecture: Architecture) -> dict[str, tuple[str, ...]]:
    """Give, for each part, the wholes it is written to be part of."""
    parts: dict[str, tuple[str, ...]] = {}
    for relation in architecture.relations:
        if relation.verb is Verb.PART_OF:
            parts[relation.source_id] = (*parts.get(relation.source_id, ()), relation.target)
    return parts


def _top(id: str, parent: dict[str, str]) -> str:
    """Follow wholes upward; a circle ends where it began."""
    seen = {id}
    while id in parent and parent[id] not in seen:
        id = parent[id]
        seen.add(id)
    return id
