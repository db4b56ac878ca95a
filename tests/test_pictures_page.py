"""docs/pictures.md: it shows every built-in view, its pictures are there, and one drawn anew is the same."""

import re

from kientruc import api
from kientruc.views.catalog import BUILT_IN
from tools.make_pictures_page import FOLDER, PAGE, ROOT


def test_every_view_has_its_place_and_every_picture_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^`kientruc view ([a-z-]+)`$", page, re.M) == list(BUILT_IN)
    shown = set(re.findall(r"\(pictures/views/([a-z-]+\.svg)\)", page))
    assert shown == {path.name for path in FOLDER.iterdir()}


def test_a_picture_drawn_anew_is_the_same() -> None:
    loaded = api.load(ROOT / "architecture.yaml")
    drawn = api.spell_view(api.view(loaded, "foundations", "vi"), "svg", "slide")[0]
    assert drawn == (FOLDER / "province-foundations.svg").read_bytes()
