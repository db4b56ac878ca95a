"""Which state an architecture comes from and which it goes to, and in which order all its states follow each other."""

from __future__ import annotations

from datetime import date
from typing import Any

from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.planning import State, StateRole

ORDER = (StateRole.BASELINE, StateRole.TRANSITION, StateRole.TARGET)


def begins(state: State) -> date:
    """Give the day a state is sorted by: its first, or else its last; one without a day comes before all others."""
    return state.from_ or state.until or date.min


def in_order(architecture: Architecture) -> tuple[State, ...]:
    """Give the states that are submitted, baselines first and targets last, of one role the earlier first."""
    found = [state for state in architecture.states.values() if state.role in ORDER]
    return tuple(sorted(found, key=lambda state: (ORDER.index(state.role), begins(state), state.id)))


def latest(architecture: Architecture, role: StateRole) -> str | None:
    """Give the id of the latest state of a role; None if there is none."""
    return next((state.id for state in reversed(in_order(architecture)) if state.role is role), None)


def value_in(element: Element, field: str, state: str | None) -> Any:
    """Give a field of an element as it is in a state, where that says it differently; otherwise as written."""
    own = element.in_state.get(state) if state and element.in_state else None
    return getattr(own if own is not None and field in own.model_fields_set else element, field)
