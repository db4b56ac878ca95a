"""What differs between two states, or two versions, in one picture; and both states of each component side by side.

Everything of both is placed together, so what stays stays where it is whichever of the two one looks at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kientruc.comparing import What, compare
from kientruc.graph import Change, gap, latest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.planning import StateRole
from kientruc.views.choice import Choice, Material
from kientruc.views.colours import Colours
from kientruc.views.layered import footer, layered
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from kientruc.views.words import day, label, name

CHANGES = {
    Change.ADDED: Mark.ADDED,
    Change.REMOVED: Mark.REMOVED,
    Change.CHANGED: Mark.CHANGED,
    Change.KEPT: Mark.SAME,
    Change.UNKNOWN: Mark.UNSAID,
}
ORDER = (Mark.ADDED, Mark.CHANGED, Mark.MOVED, Mark.REMOVED, Mark.UNSAID, Mark.SAME)
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
    found = gap(material.architecture, after=choice.state or None)
    if found is None or not found.elements:
        return None
    marks = {id: CHANGES[one.change] for id, one in found.elements.items()}
    before, after = (label(material.architecture, id, material.lang) for id in (found.before, found.after))
    return _picture(material, choice, "difference", Overlay(marks, material.architecture, before, after))


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
    union = Architecture(now.head, {**now.records, "elements": elements}, now.relations, now.sources_sha256)
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
        heading=choice.heading or text(f"view.{id}", lang),
        about=(*choice.about, about),
    )
    return layered(whole, asked, shown=shown)


def side_by_side(material: Material, choice: Choice) -> LayeredPicture | None:
    """Show for each component what is there today and what shall be, one beside the other."""
    architecture, lang = material.architecture, material.lang
    states = [latest(architecture, role) for role in (StateRole.BASELINE, StateRole.TARGET)]
    if not all(states):
        return None
    found = gap(architecture)
    bands: list[Band] = []
    held: dict[str, list[Element]] = defaultdict(list)
    for element in material.elements(choice):
        held[element.component or ""].append(element)
    seen: set[Mark] = set()
    for component in sorted(architecture.components.values(), key=lambda one: (one.order, one.id)):
        groups = []
        for state in states:
            blocks = []
            for element in held[component.id]:
                if state and material.graph.membership(element, state) == "present":
                    change = found.change(element.id) if found else None
                    mark = CHANGES[change] if change else Mark.SAME
                    seen.add(mark)
                    blocks.append(Block(element.id, name(element, lang), mark, name(element, lang)))
            groups.append(Group(f"{component.id}-{state}", label(architecture, state or "", lang), tuple(blocks)))
        if any(group.blocks for group in groups):
            bands.append(Band(component.id, name(component, lang), tuple(groups), text("picture.empty", lang)))
    if not bands:
        return None
    title = choice.heading or text("view.states", lang)
    when = text("network.subtitle", lang, name=name(architecture.head, lang), day=day(architecture.cut_off, lang))
    blocks_shown = sum(len(group.blocks) for band in bands for group in band.groups)
    return LayeredPicture(
        id=choice.id or "states",
        title=title,
        subtitle=". ".join((*choice.about, when)),
        description=text("picture.layered.description", lang, name=title, components=len(bands), blocks=blocks_shown),
        lang=lang,
        rows=tuple(bands),
        left=(),
        right=(),
        legend=tuple(LegendEntry(mark, text(f"overlay.{mark.value}", lang)) for mark in ORDER if mark in seen),
        footer=" ".join((*choice.notes, footer(material))),
    )
