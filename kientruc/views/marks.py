"""How an element stands to the states, as the mark that every picture and table shows it with."""

from __future__ import annotations

from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.planning import StateRole
from kientruc.model.values import Certainty, Treatment
from kientruc.views.picture import Mark

UNCHANGED = (None, Treatment.KEEP)


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
