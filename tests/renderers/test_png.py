"""PNG: the same bytes each time, from the shipped fonts alone."""

import struct
from pathlib import Path

import pytest

from kientruc.renderers import png

pytest.importorskip("resvg_py")


def svg(text: str, weight: str = "400", family: str = "Noto Sans") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80" viewBox="0 0 320 80">'
        f'<text x="8" y="48" font-size="28" font-weight="{weight}" font-family="{family}">{text}</text></svg>'
    )


def size(image: bytes) -> tuple[int, int]:
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_the_same_svg_gives_the_same_bytes() -> None:
    assert png.render(svg("Bà Rịa – Vũng Tàu"), 640) == png.render(svg("Bà Rịa – Vũng Tàu"), 640)


def test_the_width_is_what_was_asked_for_and_the_shape_is_kept() -> None:
    assert size(png.render(svg("Côn Đảo"), 640)) == (640, 160)


def test_text_is_drawn_and_each_text_looks_different() -> None:
    images = [png.render(svg(text), 320) for text in ("", "Ứng dụng", "Ứng dựng", "→ ≥ ₫ “…”")]
    assert len(set(images)) == len(images)


@pytest.mark.parametrize("letter", list("ảạếơưắọữẨđĐ₫–“”…→≥"))
def test_a_letter_is_in_the_font_and_not_an_empty_box(letter: str) -> None:
    missing = png.render(svg("\u0e01"), 320)  # Thai: not shipped
    assert png.render(svg(letter), 320) not in {missing, png.render(svg(""), 320)}


def test_bold_is_another_font() -> None:
    assert png.render(svg("Dữ liệu", "700"), 320) != png.render(svg("Dữ liệu"), 320)


def test_a_font_of_the_system_is_never_used() -> None:
    assert png.render(svg("Dữ liệu", family="DejaVu Serif, Arial, sans-serif"), 320) == png.render(svg("Dữ liệu"), 320)


@pytest.mark.parametrize("width", [0, -1, 10**6])
def test_a_width_that_cannot_be_is_refused(width: int) -> None:
    with pytest.raises(png.WidthOutOfRange, match=str(width)):
        png.render(svg("x"), width)


def test_the_fonts_lie_beside_the_renderer_with_their_licence() -> None:
    assert all((png.FONTS / name).is_file() for name in png.FONT_FILES)
    licence = (Path(png.FONTS) / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
