"""Words of any letters over every format: what somebody else's reader finds is our boxes, each with its words."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from kientruc.renderers import scene_drawio, scene_pdf, scene_pptx
from kientruc.renderers.scene import Box, Scene, walk
from kientruc.renderers.text_metrics import clean
from tests.renderers.gates import unlike
from tests.renderers.scenes import HOSTILE, OUTLINES, specimen
from tests.renderers.test_scene_drawio import Tags
from tests.renderers.test_scene_pdf import sizes
from tests.renderers.test_scene_pptx import shapes

WORDS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.text(st.sampled_from("<>&\"'\\;=%#${}[]()/ \t\n\0\u202eaĐ"), max_size=30),
)
EIGHT = st.lists(WORDS, min_size=len(OUTLINES), max_size=len(OUTLINES)).map(tuple)
FEW = settings(max_examples=25)


def told(scene: Scene) -> list[str]:
    """The words of each box, without the breaks of lines."""
    boxes = (one for one in walk(scene.items) if isinstance(one, Box) and one.name)
    return ["".join(clean(line) for words in box.words for line in words.text.lines) for box in boxes]


@given(EIGHT, EIGHT)
def test_svg(labels: tuple[str, ...], ids: tuple[str, ...]) -> None:
    assert list(unlike(specimen(labels, ids))) == []


@FEW
@given(EIGHT, EIGHT)
def test_drawio(labels: tuple[str, ...], ids: tuple[str, ...]) -> None:
    scene = specimen(labels, ids)
    root = ElementTree.fromstring(scene_drawio.render([scene]))
    calm = ElementTree.fromstring(scene_drawio.render([specimen(("a",) * 8)]))
    assert sum(1 for _ in root.iter("mxCell")) == sum(1 for _ in calm.iter("mxCell"))
    found = [Tags(one.get("label") or one.get("value") or "") for one in root.iter() if one.get("vertex") or len(one)]
    assert set().union(*(one.tags for one in found)) <= {"br"}
    texts = [one.text for one in found]
    assert all(words in texts for words in told(scene))


@FEW
@given(EIGHT, EIGHT)
def test_powerpoint(labels: tuple[str, ...], ids: tuple[str, ...]) -> None:
    scene = specimen(labels, ids)
    found = list(shapes(Presentation(io.BytesIO(scene_pptx.render([scene]))).slides[0]))
    calm = list(shapes(Presentation(io.BytesIO(scene_pptx.render([specimen(("a",) * 8)]))).slides[0]))
    assert len(found) == len(calm)
    texts = [one.text_frame.text.replace("\v", "") for one in found if one.has_text_frame]
    assert all(words in texts for words in told(scene))


@FEW
@given(EIGHT)
def test_pdf(labels: tuple[str, ...]) -> None:
    assert len(sizes(scene_pdf.render([specimen(labels)]))) == 1
