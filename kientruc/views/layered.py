"""The layered picture: what each component holds, which of it is there, wanted, assumed or not said."""

from __future__ import annotations

from collections.abc import Iterable

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.organisation import Component
from kientruc.model.planning import StateRole
from kientruc.model.record import Unknown
from kientruc.model.values import Certainty, Treatment
from kientruc.model.verbs import Verb
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from kientruc.views.words import day, name, sources

UNCHANGED = (None, Treatment.KEEP)


def layered(architecture: Architecture, lang: str, observed: bool = False) -> LayeredPicture:
    """Make the layered picture of all components.

    Args:
        observed: show what was only seen after the data cut-off too, with a mark of its own.
    """
    components = sorted(architecture.components.values(), key=lambda component: (component.order, component.id))
    parts = _parts(architecture)
    bands = {component.id: _band(architecture, component, parts, lang, observed) for component in components}
    rows = tuple(bands[component.id] for component in components if not component.side)
    sides = tuple(bands[component.id] for component in components if component.side)
    marks = {block.mark for band in bands.values() for group in band.groups for block in group.blocks}
    key = "picture.layered-observed" if observed else "picture.layered"
    head = architecture.head
    return LayeredPicture(
        id="layered-observed" if observed else "layered",
        title=name(head, lang),
        subtitle=text(f"{key}.subtitle", lang, day=day(head.cut_off, lang)),
        description=text(
            f"{key}.description",
            lang,
            name=name(head, lang),
            components=len(components),
            blocks=sum(len(group.blocks) + bool(group.label) for band in bands.values() for group in band.groups),
        ),
        lang=lang,
        rows=rows,
        left=sides,
        right=(),
        legend=tuple(LegendEntry(mark, text(f"mark.{mark.value}", lang)) for mark in Mark if mark in marks),
        footer=text(
            f"{key}.footer",
            lang,
            version=head.version or text("word.unversioned", lang),
            day=day(head.cut_off, lang),
        )
        + _standing(architecture, lang),
    )


def _standing(architecture: Architecture, lang: str) -> str:
    """Say that what is shown is not approved, as long as a step of its path is open: a picture travels alone.

    What nobody knows is not denied: then no approval has been seen, and no more is said.
    """
    open_steps = [step.state for step in architecture.records["path"].values() if step.state != "done"]
    if not open_steps:
        return ""
    unseen = any(isinstance(state, Unknown) for state in open_steps)
    return f" {text('picture.approval-unseen' if unseen else 'picture.not-approved', lang)}"


def mark(architecture: Architecture, element: Element) -> Mark:
    """Tell how an element stands to the states; an assumption stays one whatever state it is put into."""
    roles = {architecture.states[state].role for state, found in element.states.items() if found == "present"}
    if roles == {StateRole.OBSERVED}:
        return Mark.OBSERVED
    if element.certainty is Certainty.ASSUMED:
        return Mark.ASSUMED
    if StateRole.BASELINE in roles:
        return Mark.PRESENT if element.treatment in UNCHANGED or not element.treatment else Mark.CHANGED
    said = set(element.states.values())
    if said == {"absent"} or ("absent" in said and not roles and is_later(architecture, element)):
        return Mark.ABSENT
    return Mark.ADDED if roles else Mark.UNSAID


def is_later(architecture: Architecture, element: Element) -> bool:
    """Tell whether only states observed after the cut-off say anything of an element."""
    return {architecture.states[state].role for state in element.states} == {StateRole.OBSERVED}


def _parts(architecture: Architecture) -> dict[str, tuple[str, ...]]:
    """Give, for each part, the wholes it is written to be part of."""
    parts: dict[str, tuple[str, ...]] = {}
    for relation in architecture.relations:
        if relation.verb is Verb.PART_OF:
            parts[relation.source_id] = (*parts.get(relation.source_id, ()), relation.target)
    return parts


def _band(
    architecture: Architecture, component: Component, parts: dict[str, tuple[str, ...]], lang: str, observed: bool
) -> Band:
    members = [
        element
        for element in architecture.elements.values()
        if element.component == component.id and (observed or not is_later(architecture, element))
    ]
    members.sort(key=lambda element: (list(Mark).index(mark(architecture, element)), element.id))
    return Band(
        component.id,
        name(component, lang),
        tuple(_groups(architecture, members, parts, lang)),
        text("picture.empty", lang),
    )


def _groups(
    architecture: Architecture, members: list[Element], parts: dict[str, tuple[str, ...]], lang: str
) -> Iterable[Group]:
    """Put the parts of a member beside each other under its name; what is no part of a member comes first."""
    ids = {element.id for element in members}
    parent = {id: whole for id in ids for whole in parts.get(id, ()) if whole in ids}
    inside: dict[str, list[Element]] = {whole: [] for whole in sorted(parent.values()) if whole not in parent}
    loose = [element for element in members if element.id not in parent and element.id not in inside]
    for element in members:
        if element.id in parent:
            inside.get(_top(element.id, parent), loose).append(element)  # a circle of parts has no top
    if loose:
        yield Group("", "", tuple(_block(architecture, element, lang) for element in loose))
    for whole, held in inside.items():
        what = mark(architecture, architecture.elements[whole])
        blocks = tuple(_block(architecture, element, lang) for element in held)
        yield Group(whole, name(architecture.elements[whole], lang), blocks, what)


def _top(id: str, parent: dict[str, str]) -> str:
    """Follow wholes upward; a circle ends where it began."""
    seen = {id}
    while id in parent and parent[id] not in seen:
        id = parent[id]
        seen.add(id)
    return id


def _block(architecture: Architecture, element: Element, lang: str) -> Block:
    what = mark(architecture, element)
    kind = element.kind.vi if lang == "vi" else element.kind.en
    note = f"{name(element, lang)} ({kind}). {text(f'mark.{what.value}', lang)}."
    origin = sources(architecture, element, lang)
    return Block(element.id, name(element, lang), what, f"{note} {origin}".strip())
