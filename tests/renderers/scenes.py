"""Scenes that tests of several formats share: every outline and line, hostile words, real architectures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kientruc import api
from kientruc.renderers import layered_scene
from kientruc.renderers.layered_parts import SLIDE
from kientruc.renderers.layered_style import INK, TITLE_INK, look
from kientruc.renderers.scene import Box, Group, Item, Lettering, Line, Look, Outline, Paper, Rect, Scene, Words
from kientruc.renderers.scene_outlines import room
from kientruc.renderers.text_metrics import clean, measure
from kientruc.views.layered import layered
from kientruc.views.picture import Band, Block, LayeredPicture, LegendEntry, Mark
from kientruc.views.picture import Group as BlockGroup

ROOT = Path(__file__).parent.parent.parent
OUTLINES: tuple[Outline, ...] = ("rect", "rounded", "cylinder", "person", "document", "cube", "note", "diamond")
HOSTILE = (
    "<script>alert(1)</script>",
    'x" onload="alert(1)',
    "</text></svg><b>đậm</b>",
    "]]><!-- &amp; &lt; &#10;",
    "\0\x1b[31m\u202eabc\u2066",
    "مرحبا بالعالم",
    "😀 👩‍👩‍👧 漢字",
    "Đ" * 500,
    "từ " * 170,
    "#let x = 1 $x$ @ref {{7*7}} \\u{41}",
    "%id% ${x} {0}",
    "dòng một\ndòng hai\r\n\tba\v",
    "\ud800 \ufffe",
    "javascript:alert(1)",
)
EM = 18.0


def box(id: str, outline: Outline, rect: Rect, label: str, mark: Mark = Mark.PRESENT) -> Box:
    """A box with its label in the room inside its outline."""
    bare = Box(id, f"node mark-{mark.value}", rect, look(mark, EM), outline, 9.0 if outline == "rect" else 0.0)
    inside = room(bare)
    lines = measure(label).wrapped((inside.width - 0.7 * EM) / EM)
    x, y = inside.x + inside.width / 2, inside.y + inside.height / 2
    words = (Words("label", Lettering(lines, x, y, EM, EM * 1.27), INK),) if lines else ()
    return Box(id, bare.sort, rect, bare.look, outline, bare.corner, words, clean(label) or id, f"Ghi chú: {label}")


IDS = tuple(f"hop-{at}" for at in range(len(OUTLINES)))


def specimen(labels: tuple[str, ...] = OUTLINES, ids: tuple[str, ...] = IDS) -> Scene:
    """Eight boxes, one of each outline, in two framed rows; lines of every sort between them."""
    marks = (Mark.PRESENT, Mark.ADDED, Mark.CHANGED, Mark.ASSUMED, Mark.UNSAID, Mark.FIRST, Mark.STEP_5, Mark.MISSING)
    boxes = [
        box(ids[at], outline, Rect(80 + at % 4 * 380, 200 + at // 4 * 320, 220, 130), labels[at], marks[at])
        for at, outline in enumerate(OUTLINES)
    ]
    strong = Look(stroke="#1f5f99", width=2.5)
    dashed = Look(stroke="#a3241c", width=2.0, dash=(8.0, 5.0))
    near = Words("label", Lettering(("gửi hồ sơ",), 380.0, 245.0, EM, 22.0), INK)
    lines: tuple[Item, ...] = (
        Line("n1", "edge", ((300, 265), (460, 265)), strong, ids[0], ids[1], True, False, (near,), "Một → hai"),
        Line("n2", "edge", ((680, 230), (760, 230), (760, 300), (840, 300)), dashed, ids[1], ids[2], True,
             name="Gãy"),
        Line("n3", "edge", ((190, 330), (190, 420), (570, 420), (570, 520)), strong, ids[0], ids[5], True, True, (),
             "Cong"),
        Line("n4", "edge", ((190, 650), (190, 700), (1330, 700), (1330, 650)), dashed, ids[4], ids[7], True,
             name="Vòng"),
        Line("", "axis", ((60, 770), (1540, 770)), Look(stroke="#4a5665", width=1.0)),
    )  # fmt: skip
    frames = tuple(
        Box("", "frame", Rect(50, 130 + row * 320, 1500, 230), Look("#f7fbfe", "#5b8fc0", 1.2), corner=5.0)
        for row in (0, 1)
    )
    rows = tuple(
        Group(
            f"hang-{row}", "band row",
            (
                frames[row],
                Words("band-title", Lettering((f"Hàng {row}",), 120.0, 155.0 + row * 320, EM, 22.0, True), "#174a7c"),
                *boxes[4 * row : 4 * row + 4],
            ),
            f"Hàng {row}",
        )
        for row in (0, 1)
    )  # fmt: skip
    title = Words("title", Lettering(("BẢNG MẪU",), 800.0, 60.0, 30.0, 40.0, True), TITLE_INK)
    turned = Words("label", Lettering(("Bên lề",), 25.0, 400.0, EM, 22.0, turn=-90), INK)
    return Scene("mau", "Bảng mẫu", "Mọi đường viền", "vi", SLIDE, EM, (title, turned, *rows, *lines))


def hostile(at: int) -> Scene:
    """The specimen with hostile words, beginning with that of this number, in every label, id and name."""
    words = tuple((HOSTILE * 2)[(at + n) % len(HOSTILE)] for n in range(len(OUTLINES)))
    return specimen(words, words)


def one_block(word: str) -> LayeredPicture:
    """A layered picture that holds one word wherever one can stand."""
    block = Block(word, word, Mark.ADDED, word, word)
    band = Band(word, word, (BlockGroup(word, word, (block,)),))
    return LayeredPicture(
        word, word, word, word, word, (band,), (band,), (band,), (LegendEntry(Mark.ADDED, word, word),), word
    )


@cache
def real(root: str, paper: Paper = SLIDE) -> Scene:
    """The layered picture of an architecture of ours: "" for the province, "examples/tinh-mau" for the sample."""
    loaded = api.load(ROOT / root / "architecture.yaml")
    assert loaded.architecture is not None
    return layered_scene.scene(layered(loaded.architecture, "vi"), paper)
