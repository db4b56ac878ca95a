"""The deck of a hearing: slides of words and pictures, as a presentation, a PDF or pages of SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kientruc.api.near import near_words
from kientruc.api.pictures import material, scenes
from kientruc.errors import KientrucError, UsageError
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.model.architecture import Architecture
    from kientruc.renderers.scene import Scene

DECK_FORMATS = ("pptx", "pdf")
MOST_PAGES = 4  # slides of one picture; nobody is shown more, whoever wants them asks for the view itself


def deck(
    loaded: Loaded, hearing: str, lang: str, before: Architecture | None = None
) -> tuple[tuple[Scene, ...], tuple[str, ...]]:
    """Make the slides for a hearing.

    Args:
        hearing: its id; "" for none.
        before: the version of an earlier hearing, for the slide of what changed.
    Returns:
        The slides, and why a picture is missing, in sentences.
    Raises:
        UsageError: there is no such hearing.
    """
    from kientruc.api.comparing import diff
    from kientruc.frameworks.holidays import calendar
    from kientruc.renderers import slide_scene
    from kientruc.views.deck import Slide
    from kientruc.views.deck import deck as make
    from kientruc.views.difference import difference

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no deck")
    known = architecture.records["hearings"]
    if hearing and hearing not in known:
        near = near_words(nearest(hearing, known), lang)
        raise UsageError("deck.no-hearing", found=hearing, near=near, allowed=", ".join(known) or "–")
    compared = difference(diff(before, architecture), before, architecture, ("", ""), lang) if before else None
    slides: list[Scene] = []
    left: list[str] = []
    for one in make(material(architecture, lang, before), calendar(), known.get(hearing), compared):
        if isinstance(one, Slide):
            slides += slide_scene.pages(one)
            continue
        try:
            pages = scenes(one, "slide")
        except KientrucError as error:
            left.append(text(error.key, lang, **error.values))
            continue
        if len(pages) > MOST_PAGES:
            left.append(text("deck.too-long", lang, title=one.title, count=len(pages)))
        else:
            slides += pages
    return tuple(slides), tuple(left)
