"""The page to explore an architecture: everything about every element, its pictures, all findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.api.checking import Report
from kientruc.api.drawing import sheet
from kientruc.api.pictures import drawn, material, view
from kientruc.errors import KientrucError
from kientruc.loading import Loaded
from kientruc.messages import text
from kientruc.model.architecture import Architecture

if TYPE_CHECKING:
    from kientruc.renderers.explorer_html import Sheet
    from kientruc.views.catalog import View

# Left out is what the filters of the page tell (state, owner, treatment), and what only tables tell.
EXPLORED = (
    *("layered", "layered-observed", "layers", "context", "cooperation"),
    *("national-links", "infrastructure", "foundations", "roadmap"),
)
ELSEWHERE = ("states", "difference", "security", "ownership", "data-flow", "sourcing", "services", "data", "bodies")
MOST_BLOCKS = 600  # of a layered picture, which can be enlarged
MOST_BOXES = 150  # of a network; more take long to lay out and go over many pages


def explorer(loaded: Loaded, reports: Sequence[Report], lang: str, beside: str = "", live: bool = False) -> str:
    """Spell the page to explore an architecture, one HTML file; of one that did not load, why it did not.

    Args:
        reports: one for each edition; of one that did not load, the one there is.
        beside: the name of the report's file, where it lies beside the page.
        live: the page asks the server that it came from for newer ones.
    """
    from kientruc.renderers import explorer_html
    from kientruc.views.explorer import explorer as make_view
    from kientruc.views.outcomes import results

    made = make_view(loaded.architecture, results(reports, {}, loaded.more, __version__, lang))
    sheets = list(_sheets(loaded, loaded.architecture, reports, lang)) if loaded.architecture else []
    shown = [one for one in sheets if one.svgs]
    left = tuple(one.title for one in sheets if not one.svgs)
    elsewhere = [text(f"view.{id}", lang) for id in ELSEWHERE]
    return explorer_html.render(made, shown, f"kientruc {__version__}", beside, left, live, elsewhere)


def _sheets(loaded: Loaded, architecture: Architecture, reports: Sequence[Report], lang: str) -> Iterator[Sheet]:
    """Draw the pictures; one of which nothing could be drawn has no pages."""
    from kientruc.renderers.explorer_html import Sheet

    for id, title, made in _views(loaded, architecture, reports, lang):
        try:
            svgs = _svgs(made)
        except KientrucError:  # too full, or what lays it out is not installed
            svgs = ()
        yield Sheet(id, title, svgs, tuple(_counted(made)))


def _views(
    loaded: Loaded, architecture: Architecture, reports: Sequence[Report], lang: str
) -> Iterator[tuple[str, str, View]]:
    """Give the pictures there are: built-in ones, one for each component, those that are asked for."""
    from kientruc.views import catalog
    from kientruc.views.grid import Grids
    from kientruc.views.layered import component_ids, component_picture
    from kientruc.views.words import name

    made_from, requests = material(architecture, lang), architecture.records["views"]
    for id in (one for one in EXPLORED if one not in requests):  # a view that is asked for may bear such a name
        if (found := catalog.view(made_from, id)) is not None:
            yield id, text(f"view.{id}", lang), found
    for component in component_ids(architecture):
        made = component_picture(made_from, component, counted=True)
        if made.id in requests:
            continue
        yield made.id, name(architecture.components[component], lang), made
    for request in requests.values():
        try:
            asked = view(loaded, request.id, lang, None, lambda: reports)
        except KientrucError:  # it has nothing to show
            continue
        if not isinstance(asked, Grids):
            yield request.id, name(request, lang), asked


def _counted(made: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the blocks of a picture that count several elements, with whom they count."""
    from kientruc.views.picture import LayeredPicture

    bands = (*made.rows, *made.left, *made.right) if isinstance(made, LayeredPicture) else ()
    blocks = (block for band in bands for group in band.groups for block in group.blocks)
    return ((block.id, block.members) for block in blocks if block.members)


@lru_cache(maxsize=64)  # most pictures stay as they are from one saving of a file to the next
def _svgs(made: View) -> tuple[str, ...]:
    """Draw a picture: a layered one on one sheet, however small its letters, for the page enlarges it."""
    from kientruc.renderers import scene_svg
    from kientruc.renderers.layered_parts import SLIDE
    from kientruc.views.network import NetworkPicture
    from kientruc.views.picture import LayeredPicture

    if isinstance(made, LayeredPicture):
        return (scene_svg.render(sheet(made, SLIDE)),) if made.blocks <= MOST_BLOCKS else ()
    if isinstance(made, NetworkPicture) and len(made.nodes) > MOST_BOXES:
        return ()
    return tuple(map(scene_svg.render, drawn(made, SLIDE)))
