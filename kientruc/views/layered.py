"""The layered picture: what each component holds, which of it is there, wanted, assumed or not said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.organisation import Component
from kientruc.model.planning import StateRole
from kientruc.model.record import Unknown
from kientruc.model.values import Certainty, Treatment
from kientruc.model.verbs import Verb
from kientruc.views.marks import access_mark
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from kientruc.views.words import day, name, sources

UNCHANGED = (None, Treatment.KEEP)
DRAWN = 500  # elements; past so many a report has no picture: `kientruc view` draws what is asked for
READABLE = 120  # elements that one picture can name; past so many, what is alike is counted instead
NAMED = 20  # names told of what is counted, to whoever points at it
FEW = 4  # of a kind that are still named where others are counted


def pictures(architecture: Architecture, lang: str) -> tuple[LayeredPicture, ...]:
    """Give the pictures of a report: the whole, with what was seen later if anything was; none if too large."""
    if len(architecture.elements) > DRAWN:
        return ()
    later = any(is_later(architecture, element) for element in architecture.elements.values())
    return (layered(architecture, lang), *((layered(architecture, lang, observed=True),) if later else ()))


def component_ids(architecture: Architecture) -> tuple[str, ...]:
    """Give the components that hold something to draw, in their order."""
    held = {element.component for element in architecture.elements.values() if not is_later(architecture, element)}
    return tuple(component.id for component in _in_order(architecture) if component.id in held)


def layered(architecture: Architecture, lang: str, observed: bool = False) -> LayeredPicture:
    """Make the layered picture of all components; what is too much to be named is counted by kind and state.

    Args:
        observed: show what was only seen after the data cut-off too, with a mark of its own.
    """
    components = _in_order(architecture)
    parts = _parts(architecture)
    counted = _is_large(architecture)
    bands = {}
    for component in components:
        members = _members(architecture, component, observed)
        groups = _counted(architecture, component.id, members, lang) if counted else None
        bands[component.id] = _band(
            component.id, name(component, lang), groups or _groups(architecture, members, parts, lang), lang
        )
    rows = tuple(bands[component.id] for component in components if not component.side)
    sides = tuple(bands[component.id] for component in components if component.side)
    key = "picture.layered-observed" if observed else "picture.layered"
    picture = _picture(architecture, "layered-observed" if observed else "layered", key, rows, sides, lang)
    about = {"name": name(architecture.head, lang), "components": len(components), "blocks": picture.blocks}
    return replace(picture, description=text(f"{key}.description", lang, **about))


def component_picture(architecture: Architecture, id: str, lang: str) -> LayeredPicture:
    """Make the picture of one component: a row for each kind of thing it holds.

    Raises:
        KeyError: there is no such component.
    """
    component, parts = architecture.components[id], _parts(architecture)
    members = _members(architecture, component, observed=False)
    rows = []
    for kind in Kind:
        held = [element for element in members if element.kind is kind]
        if held:
            words = kind.vi if lang == "vi" else kind.en
            rows.append(_band(f"{id}-{kind.value}", words, _groups(architecture, held, parts, lang), lang))
    picture = _picture(architecture, f"component-{id}", "picture.layered", tuple(rows), (), lang)
    title, count = (
        name(component, lang),
        sum(len(group.blocks) + bool(group.label) for row in rows for group in row.groups),
    )
    return replace(
        picture,
        title=title,
        subtitle=f"{name(architecture.head, lang)}. {picture.subtitle}",
        description=text("picture.component.description", lang, name=title, blocks=count),
    )


def _picture(
    architecture: Architecture, id: str, key: str, rows: tuple[Band, ...], sides: tuple[Band, ...], lang: str
) -> LayeredPicture:
    head = architecture.head
    marks = {block.mark for band in (*rows, *sides) for group in band.groups for block in group.blocks}
    version = head.version or text("word.unversioned", lang)
    footer = text(f"{key}.footer", lang, version=version, day=day(head.cut_off, lang))
    return LayeredPicture(
        id=id,
        title=name(head, lang),
        subtitle=text(f"{key}.subtitle", lang, day=day(head.cut_off, lang)),
        description="",
        lang=lang,
        rows=rows,
        left=sides,
        right=(),
        legend=tuple(LegendEntry(mark, text(f"mark.{mark.value}", lang)) for mark in Mark if mark in marks),
        footer=" ".join(filter(None, (footer + _standing(architecture, lang), access_mark(architecture, lang)))),
    )


def _in_order(architecture: Architecture) -> list[Component]:
    return sorted(architecture.components.values(), key=lambda component: (component.order, component.id))


def _is_large(architecture: Architecture) -> bool:
    shown = (one for one in architecture.elements.values() if one.component and not is_later(architecture, one))
    return sum(1 for _ in shown) > READABLE


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


def _members(architecture: Architecture, component: Component, observed: bool) -> list[Element]:
    members = [
        element
        for element in architecture.elements.values()
        if element.component == component.id and (observed or not is_later(architecture, element))
    ]
    return sorted(members, key=lambda element: (list(Mark).index(mark(architecture, element)), element.id))


def _band(id: str, label: str, groups: Iterable[Group], lang: str) -> Band:
    return Band(id, label, tuple(groups), text("picture.empty", lang))


def _counted(architecture: Architecture, id: str, members: list[Element], lang: str) -> tuple[Group, ...]:
    """Name the few of a kind, and count the many by how they stand; the biggest counts come first."""
    found: dict[tuple[Kind, Mark], list[Element]] = defaultdict(list)
    for element in members:
        found[element.kind, mark(architecture, element)].append(element)
    blocks: list[Block] = []
    for (kind, what), alike in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(alike) <= FEW:
            blocks += [_block(architecture, element, lang) for element in alike]
            continue
        words = f"{len(alike)} {kind.vi if lang == 'vi' else kind.en}"
        names = "; ".join(name(element, lang) for element in alike[:NAMED])
        note = f"{words}. {text(f'mark.{what.value}', lang)}. {names}{'; …' if len(alike) > NAMED else ''}"
        blocks.append(Block(f"{id}-{kind.value}-{what.value}", words, what, note))
    return (Group("", "", tuple(blocks)),) if blocks else ()


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
