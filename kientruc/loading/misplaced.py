"""Elements whose heading was lost: without the line `elements:` they belong to the section above."""

from __future__ import annotations

from collections.abc import Collection

from kientruc.loading.gathered import Gathered
from kientruc.model.kinds import Kind
from kientruc.reading.tree import Mapping

_KINDS = frozenset(kind.value for kind in Kind)


def is_element(value: object) -> bool:
    """Tell whether something can only be an element: it says of what kind."""
    if type(value) is not Mapping:
        return False
    kind = value.get("kind")
    return isinstance(kind, str) and kind in _KINDS


def holds_elements(value: object) -> bool:
    """Tell whether all in something are elements."""
    return type(value) is Mapping and bool(value) and all(map(is_element, value.values()))


def parted(gathered: Gathered, section: str, node: Mapping) -> tuple[Mapping, Mapping | None]:
    """Take out of a section, with one finding, the elements that fell into it.

    Returns:
        What is left, and the elements; None if there are none.
    """
    if section == "elements":
        return node, None
    fallen = {id for id, value in node.items() if is_element(value)}
    if not fallen:  # as good as always
        return node, None
    first = next(id for id in node if id in fallen)
    gathered.find("M-HEADING", node.key_span(first), key=first, count=str(len(fallen)), section=section)
    return _some(node, node.keys() - fallen), _some(node, fallen)


def _some(node: Mapping, ids: Collection[str]) -> Mapping:
    """Give a part of a mapping, where it was written."""
    found = Mapping(node.file, node.start, node.flow)
    found.end = node.end
    for index, (id, value) in enumerate(node.items()):
        if id in ids:
            found[id] = value
            found.spans += node.spans[2 * index : 2 * index + 2]
    return found
