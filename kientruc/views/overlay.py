"""What differs between two states, or two versions, in one picture; and both states of each component side by side.

Everything of both is placed together, so what stays stays where it is whichever of the two one looks at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kientruc.comparing import What, compare
from kientruc.graph import Change, Gap, gap
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.planning import StateRole
from kientruc.model.values import Certainty
from kientruc.views.choice import Choice, Material
from kientruc.views.colours import Colours
from kientruc.views.doubts import untold
from kientruc.views.layered import NAMED, READABLE, layered, stacked
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from kientruc.views.title_block import title
from kientruc.views.words import label, name

CHANGES = {
    Change.ADDED: Mark.ADDED,
    Change.REMOVED: Mark.REMOVED,
    Change.CHANGED: Mark.CHANGED,
    Change.KEPT: Mark.SAME,
    Change.UNKNOWN: Mark.UNSAID,
}
ORDER = (
    *(Mark.ADDED, Mark.CHANGED, Mark.MOVED, Mark.REMOVED),
    *(Mark.ASSUMED, Mark.UNSAID, Mark.ABSENT, Mark.SAME),
)
PLACE = ("component",)  # the fields that tell where a thing stands


@dataclass(frozen=True, slots=True)
class Overlay:
    """What becomes of each element, and between what."""

    marks: Mapping[str, Mark]
    architecture: Architecture  # of everything on either side
    before: str
    after: str


def state_overlay(material: Material, choice: Choice) -> LayeredPicture | None:
    """Show what comes, goes and changes from the current state to the target."""
    architecture = material.architecture
    found = gap(architecture, after=choice.state or None)
    if found is None or not found.elements:
        return None
    marks = {id: _mark(architecture.elements[id], one.change) for id, one in found.elements.items()}
    if architecture.states[found.after].role is StateRole.TRANSITION:  # what only comes later keeps its place free
        whole = gap(architecture)
        marks = {**dict.fromkeys(whole.elements if whole else (), Mark.ABSENT), **marks}
    before, after = (label(material.architecture, id, material.lang) for id in (found.before, found.after))
    return _picture(material, choice, "difference", Overlay(marks, material.architecture, before, after))


def _mark(element: Element, change: Change) -> Mark:
    """Tell what becomes of an element; an assumption stays one, whatever state it is put into."""
    return Mark.ASSUMED if element.certainty is Certainty.ASSUMED else CHANGES[change]


def version_overlay(material: Material, choice: Choice) -> LayeredPicture | None:
    """Show what came, went, changed and moved since an earlier version."""
    earlier, now = material.earlier, material.architecture
    if earlier is None:
        return None
    marks = dict.fromkeys(now.elements, Mark.SAME)
    gone: dict[str, Element] = {}
    for one in compare(earlier, now).records:
        if one.section != "elements":
            continue
        if one.what is What.REMOVED:
            gone[one.id] = earlier.elements[one.old_id]
            marks[one.id] = Mark.REMOVED
        elif one.what is What.ADDED:
            marks[one.id] = Mark.ADDED
        else:
            moved = any(field.parts[:1] == PLACE for field in one.fields)
            marks[one.id] = Mark.MOVED if moved else Mark.CHANGED
    elements = dict(sorted({**now.elements, **gone}.items()))
    states = {**earlier.states, **now.states}  # what is gone may name a state that is gone too
    records = {**now.records, "elements": elements, "states": states}
    union = Architecture(now.head, records, now.relations, now.sources_sha256)
    names = [text("overlay.version", material.lang, version=one.head.version or "–") for one in (earlier, now)]
    return _picture(material, choice, "changes", Overlay(marks, union, *names))


def _picture(material: Material, choice: Choice, id: str, overlay: Overlay) -> LayeredPicture | None:
    lang = material.lang
    there = frozenset(one for one in overlay.marks if choice.elements is None or one in choice.elements)
    if not there:
        return None
    entries = {mark: LegendEntry(mark, text(f"overlay.{mark.value}", lang)) for mark in ORDER}
    seen = [mark for mark in ORDER if any(overlay.marks[one] is mark for one in there)]
    shown = Colours(lambda element: overlay.marks[element.id], {mark: entries[mark] for mark in seen})
    counts = ", ".join(
        f"{sum(overlay.marks[one] is mark for one in there)} {entries[mark].label.lower()}" for mark in seen
    )
    whole = Material(overlay.architecture, lang, material.checked, material.editions)
    about = text("overlay.about", lang, before=overlay.before, after=overlay.after, counts=counts)
    asked = replace(
        choice,
        elements=there,
        state="",
        id=choice.id or id,
        heading=title(material, choice, id),
        about=(*choice.about, about),
    )
    return layered(whole, asked, shown=shown)


def side_by_side(material: Material, choice: Choice) -> LayeredPicture | None:
    """Show for each component what is there today and what shall be, one beside the other.

    Where that is too much to be named, what stays as it is is counted.
    """
    lang, found = material.lang, gap(material.architecture)
    if found is None:
        return None
    pair = _Pair(material, found, [one for one in material.elements(choice) if one.id in found.elements])
    pair.counted = choice.elements is None and len(pair.elements) > READABLE
    bands = tuple(pair.bands())
    if not bands:
        return None
    legend = (LegendEntry(mark, text(f"overlay.{mark.value}", lang)) for mark in ORDER if mark in pair.seen)
    return stacked(material, choice, "states", bands, tuple(legend))


class _Pair:
    """Makes the two columns of a picture of two states."""

    def __init__(self, material: Material, found: Gap, elements: list[Element]) -> None:
        self.material, self.found, self.elements = material, found, elements
        self.lang = material.lang
        self.seen: set[Mark] = set()
        self.counted = False

    def bands(self) -> Iterator[Band]:
        """Give a row for each component that holds anything, and one for what is in none."""
        held: dict[str, list[Element]] = defaultdict(list)
        known = self.material.architecture.components
        for element in self.elements:
            id = element.component or ""
            held[id if id in known else ""].append(element)
        order = sorted(known.values(), key=lambda one: (one.order, one.id))
        names = {**{one.id: name(one, self.lang) for one in order}, "": text("group.no-component", self.lang)}
        for id, words in names.items():
            states = (self.found.before, self.found.after)
            groups = tuple(
                Group(
                    f"{id}-{state}",
                    label(self.material.architecture, state, self.lang),
                    tuple(self.blocks(f"{id}-{state}", state, held[id])),
                )
                for state in states
            )
            if any(group.blocks for group in groups):
                yield Band(id or "khac", words, groups, text("picture.empty", self.lang), aligned=True)

    def blocks(self, id: str, state: str, elements: list[Element]) -> Iterator[Block]:
        """Give what is there in one state; what stays is counted by its kind where it is much."""
        same: dict[Kind, list[str]] = defaultdict(list)
        for element in elements:
            if self.material.graph.membership(element, state) != "present":
                continue
            mark, words = _mark(element, self.found.elements[element.id].change), name(element, self.lang)
            self.seen.add(mark)
            if mark is Mark.SAME and self.counted:
                same[element.kind].append(words)
            else:
                yield Block(
                    f"{element.id}-{state}", words, mark, words, certainty=untold(element, mark, ("component",))
                )
        for kind, names in sorted(same.items()):
            words = f"{len(names)} {kind.in_(self.lang)}"
            yield Block(f"{id}-{kind.value}", words, Mark.SAME, f"{words}: {'; '.join(names[:NAMED])}")
