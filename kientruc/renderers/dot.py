"""A picture as DOT, for whoever has Graphviz and wants to lay it out another way."""

from __future__ import annotations

import graphviz
from graphviz import nohtml

from kientruc.renderers.flow import FlowBox, FlowFrame, FlowLine, flow
from kientruc.renderers.layered_style import INK, MARKS
from kientruc.renderers.network_style import FRAME_BORDER, FRAME_FILL, FRAME_INK, LINES
from kientruc.renderers.text_metrics import measure
from kientruc.views.network import NetworkPicture, Shape
from kientruc.views.picture import LayeredPicture

NAME_ROOM = 12.0  # em
POINTS = 12.0  # of the letters; also the width of an em
SHAPES = {
    Shape.BOX: ("box", ""),
    Shape.ROUNDED: ("box", ",rounded"),
    Shape.CYLINDER: ("cylinder", ""),
    Shape.PERSON: ("oval", ""),
    Shape.DOCUMENT: ("tab", ""),
    Shape.CUBE: ("box3d", ""),
    Shape.NOTE: ("note", ""),
}  # and what is added to the style


def render(picture: NetworkPicture | LayeredPicture) -> str:
    """The picture as DOT; ids are `n0`, `n1`, … in the order of the picture."""
    found = flow(picture)
    graph = graphviz.Digraph("picture")
    graph.attr(
        rankdir="LR" if found.direction == "right" else "TB", label=escape(found.title), labelloc="t",
        fontname="Noto Sans", fontsize=f"{POINTS * 1.5:g}", fontcolor=INK, compound="true",
    )  # fmt: skip
    graph.attr("node", fontname="Noto Sans", fontsize=f"{POINTS:g}", fontcolor=INK)
    graph.attr("edge", fontname="Noto Sans", fontsize=f"{POINTS * 0.9:g}", fontcolor=INK)
    _frame(graph, found.top)
    for line in found.lines:
        _line(graph, line)
    return str(graph.source)


def escape(text: str) -> str:
    """Text as a label: no markup, no entity, no escape sequence but our own ends of line."""
    lines = measure(text).wrapped(NAME_ROOM)
    plain = (graphviz.escape(line).replace("&", "&amp;") for line in lines)
    return nohtml("\\n".join(plain))  # type: ignore[no-any-return]


def _frame(graph: graphviz.Digraph, frame: FlowFrame) -> None:
    for box in frame.boxes:
        _box(graph, box)
    for one in frame.frames:
        with graph.subgraph(name=f"cluster_{one.number}") as inner:
            border, fill = FRAME_BORDER, FRAME_FILL
            if one.mark:
                border, fill = MARKS[one.mark].border, MARKS[one.mark].fill
            inner.attr(
                label=escape(one.label), style="rounded,filled", color=border, fillcolor=fill, fontcolor=FRAME_INK
            )
            _frame(inner, one)


def _box(graph: graphviz.Digraph, box: FlowBox) -> None:
    style = MARKS[box.mark]
    strokes = "dotted" if style.round_ends else "dashed" if style.dash else "solid"
    shape, more = SHAPES[box.shape]
    graph.node(
        f"n{box.number}", label=escape(box.label), tooltip=escape(box.note or box.label), shape=shape,
        style=f"filled,{strokes}{more}", fillcolor=style.fill, color=style.border, penwidth=_width(style.width),
    )  # fmt: skip


def _line(graph: graphviz.Digraph, line: FlowLine) -> None:
    ends = f"n{line.source}", f"n{line.target}"
    if line.mark is None:
        graph.edge(*ends, style="invis")
        return
    style = LINES[line.mark]
    strokes = "dotted" if style.round_ends else "dashed" if style.dash else "solid"
    graph.edge(
        *ends, label=escape(line.label) if line.label else None, style=strokes, color=style.stroke,
        penwidth=_width(style.width), arrowhead="normal" if line.arrow else "none",
    )  # fmt: skip


def _width(em: float) -> str:
    return f"{em * POINTS:.1f}"
