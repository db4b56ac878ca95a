"""Outlines and lines of a picture of a network: each sort of line is told by its strokes alone. Unit: em."""

from dataclasses import dataclass

from kientruc.renderers.scene import Look, Outline
from kientruc.views.network import LineMark, Shape

FRAME_FILL, INNER_FILL, FRAME_BORDER, FRAME_INK = "#eff2f6", "#ffffff", "#76869a", "#2c3b4e"
DEEP = 0.5  # cap, fold or side of an outline


@dataclass(frozen=True, slots=True)
class LineStyle:
    """The strokes of a line; its arrow head has its colour."""

    stroke: str
    width: float
    dash: tuple[float, ...] = ()
    round_ends: bool = False


LINES = {
    LineMark.PRESENT: LineStyle("#33475e", 0.09),
    LineMark.PLANNED: LineStyle("#17692c", 0.11, dash=(0.6, 0.35)),
    LineMark.ASSUMED: LineStyle("#6a5196", 0.13, dash=(0.01, 0.3), round_ends=True),
    LineMark.UNSAID: LineStyle("#68717b", 0.07, dash=(0.2, 0.2)),
    LineMark.MISSING: LineStyle("#a3241c", 0.12, dash=(0.3, 0.5)),
    LineMark.POINT_TO_POINT: LineStyle("#94431b", 0.13, dash=(1.1, 0.22, 0.15, 0.22, 0.15, 0.22)),
    LineMark.ADDED: LineStyle("#17692c", 0.2),
    LineMark.REMOVED: LineStyle("#a3241c", 0.11, dash=(0.6, 0.25, 0.1, 0.25)),
    LineMark.CHANGED: LineStyle("#8a6109", 0.12, dash=(1.1, 0.35)),
    LineMark.SAME: LineStyle("#68717b", 0.05),
}
OUTLINES: dict[Shape, Outline] = {
    Shape.BOX: "rect",
    Shape.ROUNDED: "rounded",
    Shape.CYLINDER: "cylinder",
    Shape.PERSON: "person",
    Shape.DOCUMENT: "document",
    Shape.CUBE: "cube",
    Shape.NOTE: "note",
}
CORNERS = {Shape.BOX: 0.2, Shape.ROUNDED: 1.0}


def corner(shape: Shape) -> float:
    """Radius of its corners, or how deep its cap, fold or side is."""
    return CORNERS.get(shape, DEEP)


def line_look(mark: LineMark, em: float) -> Look:
    """The strokes of a line where one font size is so many px."""
    style = LINES[mark]
    dash = tuple(round(part * em, 2) for part in style.dash)
    return Look("none", style.stroke, round(style.width * em, 2), dash, round_ends=style.round_ends)
