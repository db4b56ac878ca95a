"""A drawn picture in the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kientruc.errors import UsageError

if TYPE_CHECKING:
    from kientruc.renderers.scene import Scene

# The formats of pictures and how many first bytes tell a file of each from what somebody else wrote, or has edited.
PICTURE_FORMATS = {"svg": 4, "png": 4, "pdf": 15, "drawio": 62, "pptx": 14}
PNG_WIDTH = 1920  # a full screen, in pixels


def spell_scene(scene: Scene, format: str) -> bytes:
    """Spell a drawn picture in one of `PICTURE_FORMATS`; text is in UTF-8.

    Raises:
        UsageError: the format's extra is not installed.
    """
    from kientruc.renderers import png, scene_drawio, scene_pdf, scene_svg

    try:
        match format:
            case "png":
                return png.render(scene_svg.render(scene), max(PNG_WIDTH, scene.paper.width))
            case "pdf":
                return scene_pdf.render((scene,))
            case "drawio":
                return scene_drawio.render((scene,))
            case "pptx":
                from kientruc.renderers import scene_pptx

                return scene_pptx.render((scene,))
    except ImportError:
        raise UsageError("cli.no-extra", format=format) from None
    return scene_svg.render(scene).encode()
