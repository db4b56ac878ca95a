"""Colours and borders of all pictures: a mark must be told by its border alone, the colour only helps."""

from dataclasses import dataclass, replace

from kientruc.renderers.scene import Look
from kientruc.views.picture import Mark

INK = "#16202c"
PALE_INK = "#4a5665"
TITLE_INK = "#0d2745"
PAPER = "#ffffff"
EMPTY_BORDER, EMPTY_FILL = "#b3bcc7", "none"


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """Fill and border of a block. Unit of width and dash: em. `hatched` adds thin slanting lines to the fill."""

    fill: str
    border: str
    width: float
    dash: tuple[float, ...] = ()
    hatched: bool = False
    round_ends: bool = False


MARKS = {
    Mark.PRESENT: MarkStyle("#ffffff", "#4d6078", 0.07),
    Mark.CHANGED: MarkStyle("#fff2c2", "#94690a", 0.1, dash=(0.42, 0.22)),
    Mark.ADDED: MarkStyle("#cbead2", "#17692c", 0.17),
    Mark.OBSERVED: MarkStyle("#d9e9f9", "#1f5f99", 0.1, dash=(0.8, 0.2, 0.12, 0.2)),
    Mark.ASSUMED: MarkStyle("#fcfbfe", "#7d64a6", 0.12, dash=(0.01, 0.28), hatched=True, round_ends=True),
    Mark.ABSENT: MarkStyle("#fbeee4", "#9a5b2c", 0.07, dash=(0.5, 0.3)),
    Mark.UNSAID: MarkStyle("#e9ebee", "#7a828c", 0.06, dash=(0.18, 0.18)),
    Mark.REMOVED: MarkStyle("#fde2e0", "#a3241c", 0.12, dash=(0.12, 0.2)),
    Mark.MOVED: MarkStyle("#e6e3fb", "#4b3fa7", 0.12, dash=(0.6, 0.2)),
    Mark.SAME: MarkStyle("#ffffff", "#7f8a97", 0.05),
    Mark.FIRST: MarkStyle("#dbe9f8", "#2c6aa6", 0.08),
    Mark.SECOND: MarkStyle("#fdebc8", "#8f5f06", 0.08),
    Mark.THIRD: MarkStyle("#d5eedb", "#1e6b34", 0.08),
    Mark.FOURTH: MarkStyle("#f7dcea", "#93326a", 0.08),
    Mark.FIFTH: MarkStyle("#e3dcf5", "#5a3d99", 0.08),
    Mark.SIXTH: MarkStyle("#d2eeee", "#13686a", 0.08),
    Mark.SEVENTH: MarkStyle("#f8dfd3", "#94431b", 0.08),
    Mark.EIGHTH: MarkStyle("#ecefc6", "#5f6410", 0.08),
    Mark.OTHER: MarkStyle("#eceef0", "#68717b", 0.06),
    Mark.STEP_1: MarkStyle("#f4f8fc", "#6c8fb3", 0.06),
    Mark.STEP_2: MarkStyle("#dbe8f5", "#5a81aa", 0.06),
    Mark.STEP_3: MarkStyle("#bcd5ec", "#47739f", 0.06),
    Mark.STEP_4: MarkStyle("#98bce0", "#336493", 0.06),
    Mark.STEP_5: MarkStyle("#76a3d3", "#1a4d7d", 0.06),
    Mark.MISSING: MarkStyle("#ffffff", "#a3241c", 0.1, dash=(0.3, 0.25)),
    Mark.SIGN: MarkStyle("#ffffff", "#7f8a97", 0.05),
}
HATCH_INK = "#eee8f6"


def look(mark: Mark, em: float) -> Look:
    """The fill and border of a mark where one font size is so many px."""
    style = MARKS[mark]
    dash = tuple(round(part * em, 2) for part in style.dash)
    return Look(style.fill, style.border, round(style.width * em, 2), dash, style.hatched, style.round_ends)


def frame_look(mark: Mark, em: float) -> Look:
    """A frame in the border of a mark; its fill two thirds of the way to white, so that what is inside stands out."""
    style = MARKS[mark]
    parts = (int(style.fill[at : at + 2], 16) for at in (1, 3, 5))
    fill = "#" + "".join(f"{255 - (255 - part) // 3:02x}" for part in parts)
    return replace(look(mark, em), fill=fill, hatched=False)


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of one band: its border and titles, its ground, the field of its title, its groups."""

    border: str
    ink: str
    ground: str
    head: str
    group: str


ROW_TONES = (
    Tone("#76869a", "#2c3b4e", "#eff2f6", "#dbe2ea", "#f9fafc"),  # slate
    Tone("#5b8fc0", "#174a7c", "#eaf3fb", "#cfe3f5", "#f7fbfe"),  # blue
    Tone("#7181c4", "#2b3b87", "#eef0fb", "#d9def5", "#f9faff"),  # indigo
    Tone("#4c9a98", "#0f5553", "#e6f4f3", "#c8e6e4", "#f6fcfb"),  # teal
    Tone("#68a070", "#1f5629", "#ebf5ec", "#d0e8d4", "#f8fcf8"),  # green
    Tone("#c9944f", "#714408", "#fdf4e7", "#f8e2c3", "#fffbf5"),  # amber
    Tone("#9379bd", "#4a2b80", "#f3eefa", "#e1d6f2", "#fbf9fe"),  # violet
    Tone("#4f97b8", "#0e4d69", "#e7f3f8", "#cae4ef", "#f6fbfd"),  # sea
    Tone("#84898f", "#363b41", "#f1f2f3", "#dddfe2", "#fafafb"),  # grey
)
SIDE_TONES = {
    "left": (Tone("#5c7b9e", "#1a3a5e", "#e7eef5", "#cddbe9", "#f7fafc"),),
    "right": (Tone("#c0736f", "#7c1d1d", "#fbeeed", "#f3d4d2", "#fef8f8"),),
}


def tone(place: str, number: int) -> Tone:
    """The tone of the band with this number in its place; the palette starts again when it is used up."""
    tones = SIDE_TONES.get(place, ROW_TONES)
    if place != "row" and number:
        tones = ROW_TONES
    return tones[number % len(tones)]
