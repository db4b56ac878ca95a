"""PDF: a page for each scene, of the size of its paper, in the shipped fonts, the same bytes each time."""

from __future__ import annotations

import re
import zlib

import pytest

from kientruc.renderers import layered_scene, scene_pdf
from kientruc.renderers.layered_parts import A3, SLIDE
from tests.renderers.scenes import HOSTILE, hostile, one_block, real, specimen


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """The pages of a PDF: width and height in points."""
    text = pdf + b"".join(streams(pdf))
    return [(float(w), float(h)) for w, h in re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", text)]


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return found


def fonts(pdf: bytes) -> set[bytes]:
    text = pdf + b"".join(streams(pdf))
    return {name.partition(b"+")[2] for name in re.findall(rb"/BaseFont ?/([\w+-]+)", text)}


def test_each_scene_is_a_page_of_its_paper_in_the_shipped_fonts() -> None:
    pdf = scene_pdf.render([specimen(), real(""), real("", A3)])
    assert pdf.startswith(b"%PDF-1.7")
    found = sizes(pdf)
    assert [size[0] for size in found] == pytest.approx([960, 960, 1190.55], abs=0.01)
    assert [size[1] for size in found] == pytest.approx([540, 540, 1190.55 * 1600 / 2263], abs=0.01)
    assert fonts(pdf) == {b"NotoSans-Regular", b"NotoSans-Bold"}
    assert b"/Subtype/Image" not in pdf.replace(b" ", b"")


@pytest.mark.parametrize("at", range(len(HOSTILE)))
def test_no_word_breaks_the_setting_brings_a_font_or_an_action(at: int) -> None:
    pdf = scene_pdf.render([hostile(at), layered_scene.scene(one_block(HOSTILE[at]), SLIDE)])
    assert len(sizes(pdf)) == 2
    assert fonts(pdf) <= {b"NotoSans-Regular", b"NotoSans-Bold"}
    text = pdf + b"".join(streams(pdf))
    assert not any(word in text for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction"))


def test_the_same_scenes_give_the_same_bytes() -> None:
    assert scene_pdf.render([specimen(), hostile(0)]) == scene_pdf.render([specimen(), hostile(0)])
