"""The deck of a hearing: what its slides say, that it says no more than the data, that nothing is cut."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from pptx import Presentation

from kientruc import api
from kientruc.errors import UsageError
from kientruc.renderers import slide_scene
from kientruc.renderers.scene import Group, Item, Scene, Words
from kientruc.views.deck import Say, Slide

ROOT = Path(__file__).parent.parent
SMALL = """\
format: kientruc/1
architecture: {id: a, name: Kiến trúc, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13, basis: [nd]}
organisations: {so: {name: Sở Thông tin}}
legal: {nd: {number: 64/2007/NĐ-CP, title: Ứng dụng công nghệ thông tin}}
components: {mot: {name: Một, order: 1}}
elements:
  a: {kind: application, name: Ứng dụng A, component: mot}
hearings:
  hop-1: {name: Cuộc họp nghe kiến trúc, order: 1, date: 2017-09-20}
"""


def words(items: tuple[Item, ...]) -> list[str]:
    found: list[str] = []
    for item in items:
        if isinstance(item, Group):
            found += words(item.items)
        elif isinstance(item, Words):
            found.append(" ".join(item.text.lines))
        else:
            found += [" ".join(one.text.lines) for one in item.words]
    return found


@cache
def small() -> tuple[Scene, ...]:
    loaded = api.load_text(SMALL)
    assert loaded.architecture is not None, loaded.findings
    slides, left = api.deck(loaded, "hop-1", "vi")
    assert left == ()
    return slides


def test_it_opens_with_whose_which_and_when_and_tells_what_it_rests_on() -> None:
    opening, context = small()[:2]
    assert words(opening.items)[:3] == ["KIẾN TRÚC", "Sở Thông tin", "Cuộc họp nghe kiến trúc, 20/9/2017"]
    assert words(context.items)[:4] == ["BỐI CẢNH", "Căn cứ (1)", "–", "64/2007/NĐ-CP – Ứng dụng công nghệ thông tin"]


def test_a_slide_with_nothing_to_say_is_left_out() -> None:
    assert [slide.id for slide in small()] == ["deck-opening", "deck-context", "layered"]


def test_a_hearing_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError) as told:
        api.deck(api.load_text(SMALL), "hop-2", "vi")
    assert told.value.values["allowed"] == "hop-1"


def test_points_that_do_not_fit_go_on_and_no_heading_ends_a_slide() -> None:
    says = tuple(
        Say(f"Nhóm {at}" if at % 5 == 0 else f"Điểm {at}: " + "nội dung dài của điểm này " * 6, strong=at % 5 == 0)
        for at in range(40)
    )
    pages = slide_scene.pages(Slide("d", "Tiêu đề", "", says, "Chân trang", "vi"))
    assert len(pages) > 2
    shown = [[one for one in words(page.items) if one.startswith(("Nhóm", "Điểm"))] for page in pages]
    assert [one.split(":")[0] for page in shown for one in page] == [say.words.split(":")[0] for say in says]
    assert not any(page[-1].startswith("Nhóm") for page in shown)
    for page in pages:
        lettering = [one.text for one in page.items if isinstance(one, Words) and one.sort in ("label", "beneath")]
        footing = next(one.text for one in page.items if isinstance(one, Words) and one.sort == "footer")
        lowest = max(text.y + len(text.lines) * text.leading / 2 for text in lettering)
        assert lowest < footing.y - len(footing.lines) * footing.leading / 2
        assert page.effective_px >= 12


def test_the_sample_says_on_every_slide_of_words_that_it_is_one_and_reads_back() -> None:
    loaded = api.load(ROOT / "examples" / "tinh-mau" / "architecture.yaml")
    slides, _ = api.deck(loaded, "hop-3", "vi")
    spoken = [slide for slide in slides if slide.id.startswith("deck-")]
    assert all(any("DỮ LIỆU MẪU" in one for one in words(slide.items)) for slide in spoken)
    data = api.spell_scenes(slides, "pptx")[0]
    deck = Presentation(io.BytesIO(data))
    assert len(deck.slides) == len(slides)
    first = {shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame}
    assert any("KHUNG KIẾN TRÚC CHÍNH QUYỀN SỐ TỈNH MẪU" in one for one in first)
    assert api.spell_scenes(slides, "pptx")[0] == data
