"""Drawn pages in the format that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kientruc.errors import UsageError

if TYPE_CHECKING:
    from kientruc.renderers.scene import Paper, Scene
    from kientruc.views.picture import LayeredPicture

# The formats of drawn pages and how many first bytes tell a file of each from what somebody else wrote, or has edited.
SCENE_FORMATS = {"svg": 4, "png": 4, "pdf": 15, "drawio": 62, "pptx": 14}
PNG_WIDTH = 1920  # a full screen, in pixels
MOST_BLOCKS = 400  # more are not drawn on one sheet: nobody could read them


@lru_cache(maxsize=64)
def sheet(picture: LayeredPicture, paper: Paper) -> Scene:
    """Lay a picture out on one sheet, once for all that show it.

    Raises:
        PictureTooFull: its texts fit at no size.
    """
    from kientruc.renderers import layered_scene

    return layered_scene.scene(picture, paper)


def spell_scenes(pages: Sequence[Scene], format: str) -> tuple[bytes, ...]:
    """Spell pages in one of `SCENE_FORMATS`; text is in UTF-8.

    Returns:
        SVG and PNG one for each page, every other format one for all.
    Raises:
        UsageError: the format's extra is not installed.
    """
    from kientruc.renderers import png, scene_drawio, scene_pdf, scene_svg

    try:
        match format:
            case "svg":
                return tuple(scene_svg.render(page).encode() for page in pages)
            case "png":
                return tuple(png.render(scene_svg.render(page), max(PNG_WIDTH, page.paper.width)) for page in pages)
            case "drawio":
                return (scene_drawio.render(pages),)
            case "pptx":
                from kientruc.renderers import scene_pptx

                return (scene_pptx.render(pages),)
            case _:
                return (scene_pdf.render(pages),)
    except ImportError:
        raise UsageError("cli.no-extra", format=format) from None
