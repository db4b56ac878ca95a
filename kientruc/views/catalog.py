"""The built-in views: each by its name, made from an architecture, or nothing where there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from kientruc.messages import text
from kientruc.model.kinds import Layer
from kientruc.model.values import Certainty
from kientruc.model.view_request import Colouring, Grouping
from kientruc.views.choice import EVERYTHING, Choice, Material
from kientruc.views.context import context
from kientruc.views.cooperation import component_cooperation, cooperation, data_flow
from kientruc.views.coverage import alignment, coverage
from kientruc.views.foundations import foundations
from kientruc.views.grid import Grids
from kientruc.views.infrastructure import infrastructure
from kientruc.views.inventory import bodies, data, services
from kientruc.views.layered import component_ids, component_picture, layered
from kientruc.views.marks import is_later
from kientruc.views.national_links import national_links
from kientruc.views.network import NetworkPicture
from kientruc.views.overlay import side_by_side, state_overlay, version_overlay
from kientruc.views.picture import LayeredPicture
from kientruc.views.roadmap import roadmap
from kientruc.views.sourced import sourcing
from kientruc.views.timeline import TimelinePicture
from kientruc.views.title_block import title
from kientruc.views.words import label, name

View = LayeredPicture | NetworkPicture | TimelinePicture | Grids
COMPONENT = "component-"  # what begins the name of the view of one component
COOPERATION = "cooperation-"  # and that of what its things exchange with others


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """One built-in view; its title is the message `view.<id>`.

    Args:
        make: gives the view, None where the architecture has nothing for it to show.
        checked: it shows what requirements found, so they must be run before.
        earlier: it shows what changed since an earlier version.
    """

    id: str
    make: Callable[[Material, Choice], View | None]
    checked: bool = False
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A view somebody can ask for: its name, its title, and the built-in one it starts from."""

    id: str
    title: str
    base: str


def _layered(material: Material, choice: Choice) -> View | None:
    picture = layered(material, choice)
    return picture if picture.rows or picture.left else None


def _observed(material: Material, choice: Choice) -> View | None:
    if not any(is_later(material.architecture, one) for one in material.architecture.elements.values()):
        return None
    return _unless_empty(layered(material, choice, observed=True))


def _sourced(material: Material, choice: Choice) -> View | None:
    """Leave out what is only assumed; nothing where that is nothing, or all there is."""
    if not any(one.certainty is Certainty.ASSUMED for one in material.elements(choice)):
        return None
    about = (*choice.about, text("picture.sourced", material.lang))
    asked = replace(choice, id=choice.id or "layered-sourced", about=about)
    return _unless_empty(layered(material, asked, sourced=True))


def _layers(material: Material, choice: Choice) -> View | None:
    """Put everything into the layers of the edition; nothing where no edition was handed in, or nothing has a place."""
    if not any(material.places(choice.edition).values()):
        return None
    heading = choice.heading or name(material.architecture.head, material.lang)
    asked = replace(choice, group_by=choice.group_by or Grouping.PLACE, id=choice.id or "layers", heading=heading)
    return _unless_empty(layered(material, asked))


def _security(material: Material, choice: Choice) -> View | None:
    """Put systems and what they run on under their security level; nothing where no level is said of anything."""
    whole = choice.elements is None
    ids = frozenset(one.id for one in material.elements(choice) if one.kind.layer is not Layer.BUSINESS)
    if not any(material.graph.held(id, "security_level") for id in ids):
        return None
    asked = replace(
        choice,
        elements=ids,
        group_by=choice.group_by or Grouping.SECURITY_LEVEL,
        within=choice.within or Grouping.COMPONENT,
        colour_by=choice.colour_by or Colouring.ACCESS,
    )
    return _titled(material, asked, "security", counted=whole)


def _ownership(material: Material, choice: Choice) -> View | None:
    """Put everything under its owner; nothing where nobody is said to own anything."""
    if not any(material.graph.owner_of(one.id) for one in material.elements(choice)):
        return None
    return _titled(material, replace(choice, group_by=choice.group_by or Grouping.OWNER), "ownership")


def _titled(material: Material, choice: Choice, id: str, counted: bool | None = None) -> LayeredPicture | None:
    asked = replace(choice, id=choice.id or id, heading=title(material, choice, id))
    return _unless_empty(layered(material, asked, counted=counted))


def _unless_empty(picture: LayeredPicture) -> LayeredPicture | None:
    return picture if picture.blocks else None


BUILT_IN = MappingProxyType(
    {
        one.id: one
        for one in (
            BuiltIn("layered", _layered),
            BuiltIn("layered-observed", _observed),
            BuiltIn("layered-sourced", _sourced),
            BuiltIn("layers", _layers),
            BuiltIn("states", side_by_side),
            BuiltIn("difference", state_overlay),
            BuiltIn("changes", version_overlay, earlier=True),
            BuiltIn("context", context),
            BuiltIn("cooperation", cooperation),
            BuiltIn("data-flow", data_flow),
            BuiltIn("national-links", national_links),
            BuiltIn("infrastructure", infrastructure),
            BuiltIn("security", _security),
            BuiltIn("ownership", _ownership),
            BuiltIn("foundations", foundations),
            BuiltIn("roadmap", roadmap),
            BuiltIn("sourcing", sourcing),
            BuiltIn("services", services),
            BuiltIn("data", data),
            BuiltIn("bodies", bodies),
            BuiltIn("alignment", alignment, checked=True),
            BuiltIn("coverage", coverage, checked=True),
        )
    }
)


def names(material: Material) -> tuple[str, ...]:
    """Give the names that a request may start from: the built-in views, one for each component that holds anything."""
    ids = component_ids(material.architecture)
    return (*BUILT_IN, *(f"{COMPONENT}{id}" for id in ids), *(f"{COOPERATION}{id}" for id in ids))


def listed(material: Material) -> Iterator[Listed]:
    """Give every view with something to show: the built-in ones in their order, components, then what is asked for.

    One that shows what changed is given where an earlier version is at hand.
    """
    for id, one in BUILT_IN.items():
        if one.checked and not material.checked:
            made = bool(material.architecture.elements)  # nobody runs all requirements to list what there is to see
        else:
            made = one.make(material, EVERYTHING) is not None
        if made:
            yield Listed(id, text(f"view.{id}", material.lang), id)
    for id in component_ids(material.architecture):
        yield Listed(f"{COMPONENT}{id}", label(material.architecture, id, material.lang), f"{COMPONENT}{id}")
    for id in component_ids(material.architecture):
        if component_cooperation(material, id, EVERYTHING) is not None:
            words = text("network.of-component", material.lang, name=label(material.architecture, id, material.lang))
            yield Listed(f"{COOPERATION}{id}", words, f"{COOPERATION}{id}")
    for request in material.architecture.records["views"].values():
        yield Listed(request.id, name(request, material.lang), request.base or "layered")


def view(material: Material, base: str, choice: Choice = EVERYTHING) -> View | None:
    """Make a view; None where there is nothing to show.

    Raises:
        KeyError: there is no built-in view of that name.
    """
    if base.startswith(COMPONENT):
        return component_picture(material, base.removeprefix(COMPONENT), choice)
    if base.startswith(COOPERATION):
        return component_cooperation(material, base.removeprefix(COOPERATION), choice)
    return BUILT_IN[base].make(material, choice)
