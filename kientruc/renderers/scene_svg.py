"""A scene as SVG: presentation attributes only, so a page with a strict content policy can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from kientruc.renderers.layered_style import HATCH_INK, INK, PAPER
from kientruc.renderers.scene import Box, Group, Item, Lettering, Line, Look, Scene, Words, unique, walk
from kientruc.renderers.scene_outlines import Step, depth, head_path, line_path, paths
from kientruc.renderers.text_metrics import clean

FONTS = "'Noto Sans', 'Segoe UI', Arial, sans-serif"
CAP_MIDDLE = 0.36  # em from the middle of a capital letter to its base line
HATCH_STEP, HATCH_LINE = 0.42, 0.14  # em


def render(scene: Scene) -> str:
    """The scene as SVG text."""
    return "\n".join(_Speller(scene).document()) + "\n"


@dataclass(slots=True)
class _Speller:
    """Spells one scene; remembers the ids it has given, for an id may stand only once in a document."""

    scene: Scene
    taken: set[str] = field(default_factory=set)
    hatches: dict[str, str] = field(default_factory=dict)

    def document(self) -> Iterator[str]:
        """All lines of the file."""
        scene, paper = self.scene, self.scene.paper
        title, description = self.id("title"), self.id("desc")
        yield "<svg" + _attributes(
            xmlns="http://www.w3.org/2000/svg", width=paper.width, height=paper.height,
            viewBox=f"0 0 {paper.width} {paper.height}", lang=clean(scene.lang), role="graphics-document",
            aria_labelledby=title, aria_describedby=description, class_="picture", font_family=FONTS, fill=INK,
        ) + ">"  # fmt: skip
        yield f'<title id="{title}">{_text(scene.title)}</title>'
        yield f'<desc id="{description}">{_text(scene.description)}</desc>'
        yield from self.patterns()
        yield f'<rect class="paper" width="{paper.width}" height="{paper.height}" fill="{PAPER}"/>'
        for item in scene.items:
            yield from self.item(item)
        yield "</svg>"

    def patterns(self) -> Iterator[str]:
        """The slanting lines of each fill that has them."""
        step, line = _number(self.scene.font_px * HATCH_STEP), _number(self.scene.font_px * HATCH_LINE)
        fills = (one.look.fill for one in walk(self.scene.items) if isinstance(one, Box) and one.look.hatched)
        for fill in dict.fromkeys(fills):
            self.hatches[fill] = self.id("hatch")
            yield (
                f'<defs><pattern id="{self.hatches[fill]}" width="{step}" height="{step}" '
                f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                f'<rect width="{step}" height="{step}" fill="{fill}"/>'
                f'<rect width="{line}" height="{step}" fill="{HATCH_INK}"/></pattern></defs>'
            )

    def item(self, item: Item) -> Iterator[str]:
        """A group, box, line or text, with what is in it."""
        match item:
            case Group():
                named = {"role": "graphics-object", "aria_label": clean(item.name)} if clean(item.name) else {}
                parts = (spelt for one in item.items for spelt in self.item(one))
                yield from self.grouped(item, item.sort.split(" ")[0], named, parts)
            case Box():
                yield from self.named(item, "b", self.shape(item, "box" if item.name else item.sort))
            case Line():
                yield from self.named(item, "l", self.line(item, "line" if item.name else item.sort))
            case Words():
                yield from _lettering(item)

    def named(self, item: Box | Line, prefix: str, drawn: Iterator[str]) -> Iterator[str]:
        """A box or line with its words, in a group if listeners shall hear of it."""
        words = (spelt for one in item.words for spelt in _lettering(one))
        if not item.name:
            yield from (*drawn, *words)
            return
        data = {"data_id": clean(item.id), "role": "graphics-symbol", "aria_label": clean(item.name)}
        yield from self.grouped(item, prefix, data, iter((*drawn, *words)))

    def grouped(
        self, item: Box | Line | Group, prefix: str, named: dict[str, str], parts: Iterator[str]
    ) -> Iterator[str]:
        """A group element: its id, class and name; its note for those who point."""
        id = {"id": self.id(f"{prefix}-{item.id}")} if item.id or named else {}
        yield "<g" + _attributes(**id, class_=item.sort, **named) + ">"
        if item.note:
            yield f"<title>{_text(item.note)}</title>"
        yield from parts
        yield "</g>"

    def shape(self, box: Box, class_: str) -> Iterator[str]:
        """The outline of a box; its inner strokes after it."""
        look = self.look(box.look)
        if box.outline in ("rect", "rounded") and not box.square:
            rect = box.rect
            place = {name: _number(getattr(rect, name)) for name in ("x", "y", "width", "height")}
            yield "<rect" + _attributes(**place, rx=_number(depth(box)), class_=class_, **look) + "/>"
            return
        for path in paths(box):
            inner = look if path.filled else {**look, "fill": "none"}
            yield "<path" + _attributes(class_=class_, d=_path(path.steps), **inner) + "/>"

    def line(self, line: Line, class_: str) -> Iterator[str]:
        """The strokes of a line, and the head of its arrow as a path of its own."""
        yield "<path" + _attributes(class_=class_, d=_path(line_path(line)), **self.look(line.look)) + "/>"
        if line.arrow:
            yield "<path" + _attributes(class_="arrow", d=_path(head_path(line)), fill=line.look.stroke) + "/>"

    def look(self, look: Look) -> dict[str, str]:
        """The attributes of a fill and a border."""
        fill = {"fill": f"url(#{self.hatches[look.fill]})" if look.hatched else look.fill}
        if look.stroke == "none":
            return fill
        dash = {"stroke_dasharray": " ".join(map(_number, look.dash))} if look.dash else {}
        ends = {"stroke_linecap": "round"} if look.round_ends else {}
        return {**fill, "stroke": look.stroke, "stroke_width": _number(look.width), **dash, **ends}

    def id(self, wanted: str) -> str:
        """This id behind the picture's own, or the next one free: a page may hold several pictures."""
        return unique(f"{self.scene.id}-{wanted}", self.taken)


def _lettering(words: Words) -> Iterator[str]:
    """One text element with a tspan for each line; nothing for no lines."""
    text = words.text
    if not text.lines:
        return
    first = text.y - (len(text.lines) - 1) / 2 * text.leading + CAP_MIDDLE * text.size
    x = _number(text.x)
    spans = "".join(
        f'<tspan x="{x}" y="{_number(first + number * text.leading)}">{_text(line)}</tspan>'
        for number, line in enumerate(text.lines)
    )
    yield f"<text{_attributes(**_letters(words.sort, text, words.fill))}>{spans}</text>"


def _letters(class_: str, text: Lettering, fill: str) -> dict[str, str]:
    turn = {"transform": f"rotate({text.turn} {_number(text.x)} {_number(text.y)})"} if text.turn else {}
    bold = {"font_weight": "700"} if text.bold else {}
    size = {"font_size": _number(text.size), "text_anchor": text.anchor}
    return {"class_": class_, **size, "fill": fill, **bold, **turn}


def _path(steps: tuple[Step, ...]) -> str:
    return "".join(letter + " ".join(map(_number, numbers)) for letter, numbers in steps)


def _number(value: float) -> str:
    """At most two decimals, no trailing zeros, no minus zero."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _attributes(**values: str | int) -> str:
    return "".join(f" {name.rstrip('_').replace('_', '-')}={quoteattr(str(value))}" for name, value in values.items())


def _text(text: str) -> str:
    return escape(clean(text))
