"""SVG to PNG, with the shipped fonts only: the same bytes on every machine."""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
FAMILY = "Noto Sans"
WIDEST = 16_384  # px; beyond it a picture costs gigabytes


class WidthOutOfRange(ValueError):
    """The width asked for is not positive, or costs too much memory."""

    def __init__(self, width_px: int) -> None:
        super().__init__(f"width {width_px} px is not between 1 and {WIDEST}")


def render(svg: str, width_px: int) -> bytes:
    """The SVG as PNG, this many px wide, on white.

    Args:
        svg: text written by one of our own renderers; it names no outside file.
    Raises:
        WidthOutOfRange: the width is not between 1 and WIDEST px.
        ModuleNotFoundError: the extra `png` is not installed.
    """
    from resvg_py import svg_to_bytes

    if not 1 <= width_px <= WIDEST:
        raise WidthOutOfRange(width_px)
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            width=width_px,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(FONTS / name) for name in FONT_FILES],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
