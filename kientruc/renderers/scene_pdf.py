"""Scenes as one PDF, a page each: vectors and text in the shipped fonts, set by typst, which reads nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kientruc.renderers import scene_svg
from kientruc.renderers.png import FONTS
from kientruc.renderers.scene import Scene
from kientruc.renderers.text_metrics import clean, widths

PROGRAM = """\
#let data = json("scenes.json")
#set document(title: data.title, date: none)
#set text(lang: data.lang)
#for one in data.scenes {
  page(width: one.width * 1pt, height: one.height * 1pt, margin: 0pt,
    image(one.file, width: 100%, height: 100%, alt: one.alt))
}
"""


def render(scenes: Sequence[Scene]) -> bytes:
    """Spell scenes as a PDF; each page is as large as the paper of its scene.

    Raises:
        ModuleNotFoundError: the extra `pdf` is not installed.
    """
    import typst

    pdf: bytes = typst.compile(
        _sources(scenes),  # type: ignore[call-overload]  # a mapping of files is allowed; the types forgot it
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=["1.7"],  # PDF/A asks for a date, and a scene has none
        format="pdf",
    )
    return pdf


def _sources(scenes: Sequence[Scene]) -> dict[str, bytes]:
    """Every file the setting reads: our program, the data, the drawings. There is no other."""
    pages = [
        {
            "file": f"scene-{number}.svg",
            "alt": clean(scene.description),
            "width": scene.paper.points,
            "height": scene.paper.points * scene.paper.height / scene.paper.width,
        }
        for number, scene in enumerate(scenes)
    ]
    first = scenes[0] if scenes else None
    data = {"title": clean(first.title) if first else "", "lang": first.lang if first else "vi", "scenes": pages}
    drawings = {f"scene-{number}.svg": _printable(scene_svg.render(scene)) for number, scene in enumerate(scenes)}
    return {"main.typ": PROGRAM.encode(), "scenes.json": json.dumps(data, sort_keys=True).encode(), **drawings}


def _printable(svg: str) -> bytes:
    """The drawing with U+FFFD for each letter that the shipped fonts lack: no other font may stand in for them."""
    known = widths()["regular"]
    return "".join(letter if letter in known or letter == "\n" else "\ufffd" for letter in svg).encode()
