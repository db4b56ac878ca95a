"""The drawings of papers: the diagrams an architecture declares, else the whole; none says that it is not approved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kientruc.errors import OutputError, UsageError
from kientruc.loading import Loaded
from kientruc.model.architecture import Architecture

if TYPE_CHECKING:
    from kientruc.renderers.scene import Scene
    from kientruc.views.document import Figure
    from kientruc.views.dossier import Wording
    from kientruc.views.dossier.facts import Diagram
    from kientruc.views.picture import Band

_OPTIONAL = re.compile(r"[^-]+-\d")
FIGURE = "hinh-tong-the"
PIXELS = 1600  # of the picture that stands in for the drawing where a program cannot draw SVG


def drawings(loaded: Loaded, words: Wording) -> tuple[tuple[Diagram, ...], tuple[Figure, ...]]:
    """Draw the diagrams that have a code, for pages across; the whole where there is none of them.

    How far the approval came is the paper's to say, for it is the paper that is approved: the drawings do not say it.

    Raises:
        UsageError: an extra is not installed.
    """
    architecture = loaded.architecture
    if architecture is None:
        return (), ()
    records = {**architecture.records, "path": {}}
    shown = Architecture(
        architecture.head, records, architecture.relations, architecture.sources_sha256, architecture.left_out
    )
    diagrams = tuple(_diagrams(loaded._replace(architecture=shown)))
    return diagrams, () if diagrams else _whole(shown, words)


def _diagrams(loaded: Loaded) -> Iterator[Diagram]:
    """Draw each diagram that has a code, in the order of the codes; what cannot be drawn on paper is left out.

    Those that every body of a sort owes come first: their codes bear its letters (SĐ-T-01), others none (SĐ-05).
    """
    from kientruc.api.pictures import drawn, view
    from kientruc.renderers.layered_parts import PAGE
    from kientruc.views.dossier.facts import Diagram

    if loaded.architecture is None:
        return
    asked = (one for one in loaded.architecture.records["views"].values() if one.code)
    for request in sorted(asked, key=lambda one: (bool(_OPTIONAL.match(one.code)), one.code)):
        try:
            made = view(loaded, request.id, "vi")
        except UsageError:  # it has nothing to show
            continue
        try:
            scenes = drawn(made, PAGE)
        except OutputError:
            continue
        description = getattr(made, "description", request.name)
        figures = tuple(
            _figure(page, f"hinh-{page.id}", f"{request.code}. {page.title}", description) for page in scenes
        )
        if figures:
            yield Diagram(request.id, figures)


def _whole(architecture: Architecture, words: Wording) -> tuple[Figure, ...]:
    """Draw the layered picture: whole, or in parts that can be read."""
    from kientruc.renderers.layered_pages import pages
    from kientruc.renderers.layered_parts import PAGE
    from kientruc.views.choice import Material
    from kientruc.views.layered import layered

    view = layered(Material(architecture, "vi"))

    def named(bands: tuple[Band, ...]) -> str:
        parts = "; ".join(band.label for band in bands)
        return words.say("kien-truc", "figure_part", {"title": view.title, "parts": parts})

    found = pages(view, PAGE, named) if view.blocks else ()
    ids = [FIGURE if len(found) == 1 else f"{FIGURE}-{number}" for number in range(1, len(found) + 1)]
    return tuple(_figure(page, id, page.title, view.description) for page, id in zip(found, ids, strict=True))


def _figure(page: Scene, id: str, caption: str, description: str) -> Figure:
    from kientruc.renderers import scene_svg
    from kientruc.views.document import Figure

    svg = scene_svg.render(page)
    return Figure(id, caption, description, svg.encode(), _png(svg))


def _png(svg: str) -> bytes:
    try:
        from kientruc.renderers import png

        return png.render(svg, PIXELS)
    except ImportError:
        raise UsageError("cli.no-extra", format="png") from None
