"""A picture as a Mermaid flowchart: for wikis and repositories that draw it from text."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from kientruc.renderers.flow import Flow, FlowBox, FlowFrame, FlowLine, flow
from kientruc.renderers.layered_style import INK, MARKS, MarkStyle
from kientruc.renderers.network_style import FRAME_BORDER, FRAME_FILL, FRAME_INK, LINES
from kientruc.views.network import LineMark, NetworkPicture, Shape
from kientruc.views.picture import LayeredPicture, Mark

EM = 14.0  # px; Mermaid's letters are about as large
PLAIN = frozenset(" ,")  # beside letters, marks and digits: what needs no code
BRACKETS = {
    Shape.BOX: ("[", "]"),
    Shape.ROUNDED: ("(", ")"),
    Shape.CYLINDER: ("[(", ")]"),
    Shape.PERSON: ("([", "])"),
    Shape.DOCUMENT: ("[/", "/]"),
    Shape.CUBE: ("[[", "]]"),
    Shape.NOTE: (">", "]"),
}


def render(picture: NetworkPicture | LayeredPicture) -> str:
    """The picture as text of Mermaid 10 or later; ids are `n0`, `n1`, … in the order of the picture.

    Mermaid wraps and places; it has no legend, so what marks mean stands in comments.
    """
    return "\n".join(_lines(flow(picture))) + "\n"


def escape(text: str) -> str:
    """Text between quotes: all but letters, digits, blanks and commas as codes, for there is no other safe way."""
    return "".join(
        c if c in PLAIN or unicodedata.category(c)[0] in "LM" or c.isdecimal() else f"#{ord(c)};" for c in text
    )


def _lines(found: Flow) -> Iterator[str]:
    yield from ("---", f"title: {json.dumps(found.title, ensure_ascii=False)}", "---")
    yield f"flowchart {'LR' if found.direction == 'right' else 'TB'}"
    for mark, words in found.legend:
        yield f"  %% {mark.value}: {''.join(c if c in PLAIN or c.isalnum() else ' ' for c in words)}"
    yield from _frame(found.top, "  ")
    for line in found.lines:
        yield f"  {_line(line)}"
    yield from _styles(found)


def _frame(frame: FlowFrame, indent: str) -> Iterator[str]:
    """The boxes and frames in a frame, and it around them if it is not the top."""
    inner = indent if frame.number < 0 else indent + "  "
    if frame.number >= 0:
        yield f'{indent}subgraph f{frame.number}["{escape(frame.label) or " "}"]'
    for box in frame.boxes:
        yield inner + _box(box)
    for one in frame.frames:
        yield from _frame(one, inner)
    if frame.number >= 0:
        yield f"{indent}end"


def _box(box: FlowBox) -> str:
    label = f'"{escape(box.label) or " "}"'
    left, right = BRACKETS[box.shape]
    return f"n{box.number}{left}{label}{right}"


def _line(line: FlowLine) -> str:
    if line.mark is None:
        return f"n{line.source} ~~~ n{line.target}"
    label = f'|"{escape(line.label)}"|' if line.label else ""
    return f"n{line.source} {'-->' if line.arrow else '---'}{label} n{line.target}"


def _styles(found: Flow) -> Iterator[str]:
    """Fills and borders of marks, and the strokes of lines."""
    marked: dict[Mark | None, list[str]] = defaultdict(list)
    for box in found.boxes():
        marked[box.mark].append(f"n{box.number}")
    for frame in found.frames():
        marked[frame.mark].append(f"f{frame.number}")
    plain = marked.pop(None, None)
    for number, (mark, ids) in enumerate(marked.items()):
        if mark:
            yield f"  classDef m{number} {_filled(MARKS[mark])}"
            yield f"  class {','.join(ids)} m{number}"
    if plain:
        yield f"  classDef frame fill:{FRAME_FILL},stroke:{FRAME_BORDER},color:{FRAME_INK}"
        yield f"  class {','.join(plain)} frame"
    strokes: dict[LineMark, list[str]] = defaultdict(list)
    for number, line in enumerate(found.lines):
        if line.mark:
            strokes[line.mark].append(str(number))
    for drawn, numbers in strokes.items():
        style = LINES[drawn]
        yield f"  linkStyle {','.join(numbers)} {_stroked(style.stroke, style.width, style.dash)}"


def _filled(style: MarkStyle) -> str:
    return f"fill:{style.fill},color:{INK},{_stroked(style.border, style.width, style.dash)}"


def _stroked(colour: str, width: float, dash: tuple[float, ...]) -> str:
    broken = f",stroke-dasharray:{' '.join(map(_px, dash))}" if dash else ""
    return f"stroke:{colour},stroke-width:{_px(width)}px{broken}"


def _px(em: float) -> str:
    return f"{max(0.1, em * EM):.1f}".removesuffix(".0")
