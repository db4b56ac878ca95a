"""Our slides in LibreOffice, our PDF in poppler: a page each, every word of a box inside it, nothing else there."""

from __future__ import annotations

import pytest

from kientruc.renderers import scene_pdf, scene_pptx
from kientruc.renderers.scene import Box, Scene, walk
from tests.outside.office import Word, converted, letters, words
from tests.renderers.scenes import real, specimen

pytestmark = pytest.mark.outside
SCENES = (specimen(), real(""), real("examples/tinh-mau"))
SPARE = 0.5  # pt


IDS = ["specimen", "province", "sample"]


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    folder = tmp_path_factory.mktemp("slides")
    (folder / "hinh.pptx").write_bytes(scene_pptx.render(SCENES))
    return words(converted(folder / "hinh.pptx"))


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    path = tmp_path_factory.mktemp("pdf") / "hinh.pdf"
    path.write_bytes(scene_pdf.render(SCENES))
    return words(path)


@pytest.mark.parametrize(("number", "scene"), list(enumerate(SCENES)), ids=IDS)
def test_every_word_of_a_box_is_inside_it_on_the_slide(slides: list[list[Word]], number: int, scene: Scene) -> None:
    assert len(slides) == len(SCENES)
    assert spilt(scene, slides[number]) == []


@pytest.mark.parametrize(("number", "scene"), list(enumerate(SCENES)), ids=IDS)
def test_every_word_of_a_box_is_inside_it_in_the_pdf(pdf: list[list[Word]], number: int, scene: Scene) -> None:
    assert len(pdf) == len(SCENES)
    assert spilt(scene, pdf[number]) == []


def spilt(scene: Scene, page: list[Word]) -> list[str]:
    """The boxes that do not hold just their own words, or out of which a word leads."""
    scale, found = 960 / scene.paper.width, []
    for box in (one for one in walk(scene.items) if isinstance(one, Box) and one.id):
        left, top = box.rect.x * scale - SPARE, box.rect.y * scale - SPARE
        right, bottom = box.rect.right * scale + SPARE, box.rect.bottom * scale + SPARE
        inside = [
            one for one in page
            if left <= (one.left + one.right) / 2 <= right and top <= (one.top + one.bottom) / 2 <= bottom
        ]  # fmt: skip
        own = "".join(line for words in box.words for line in words.text.lines)
        told = sorted(letters("".join(one.text for one in inside))) == sorted(letters(own))
        if not told or not all(left <= one.left and one.right <= right for one in inside):
            found.append(box.id)
    return found


def test_a_word_that_leads_out_of_its_box_is_found(pdf: list[list[Word]]) -> None:
    label = next(one for one in pdf[0] if one.text == "rounded")
    moved = [one._replace(right=one.right + 200) if one == label else one for one in pdf[0]]
    assert spilt(SCENES[0], moved) == ["hop-1"]
