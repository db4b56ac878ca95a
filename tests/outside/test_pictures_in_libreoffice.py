"""Our slides in LibreOffice: a page each, every word of a box inside it, and nothing else there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc.renderers import scene_pptx
from kientruc.renderers.scene import Box, Scene, walk
from tests.outside.office import converted, letters, words
from tests.renderers.scenes import real, specimen

pytestmark = pytest.mark.outside
SCENES = (specimen(), real(""), real("examples/tinh-mau"))
SPARE = 0.5  # pt


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slides")
    (folder / "hinh.pptx").write_bytes(scene_pptx.render(SCENES))
    return converted(folder / "hinh.pptx")


@pytest.mark.parametrize(("number", "scene"), list(enumerate(SCENES)), ids=["specimen", "province", "sample"])
def test_every_word_of_a_box_is_inside_it_and_nothing_else_is(slides: Path, number: int, scene: Scene) -> None:
    pages = words(slides)
    assert len(pages) == len(SCENES)
    scale = 960 / scene.paper.width
    for box in (one for one in walk(scene.items) if isinstance(one, Box) and one.id):
        left, top = box.rect.x * scale - SPARE, box.rect.y * scale - SPARE
        right, bottom = box.rect.right * scale + SPARE, box.rect.bottom * scale + SPARE
        inside = [
            one for one in pages[number]
            if left <= (one.left + one.right) / 2 <= right and top <= (one.top + one.bottom) / 2 <= bottom
        ]  # fmt: skip
        assert letters("".join(one.text for one in inside)) == letters("".join(box.words[-1].text.lines)), box.id
        assert all(left <= one.left and one.right <= right for one in inside), box.id
