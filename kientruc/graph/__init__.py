"""Typed questions to an architecture: who is joined to whom, which way, in which state; only here networkx is known."""

from kientruc.graph.architecture_graph import NOT_JOINED, ArchitectureGraph, Held, is_assumed
from kientruc.graph.bypass import Bypass
from kientruc.graph.cycles import Cycle
from kientruc.graph.gap import Change, ElementChange, FieldChange, Gap, RelationChange, gap
from kientruc.graph.reach import Routes
from kientruc.graph.states import in_order, latest, value_in
from kientruc.graph.verb_groups import VERB_GROUPS, Step, Via, steps

__all__ = [
    "NOT_JOINED",
    "VERB_GROUPS",
    "ArchitectureGraph",
    "Bypass",
    "Change",
    "Cycle",
    "ElementChange",
    "FieldChange",
    "Gap",
    "Held",
    "RelationChange",
    "Routes",
    "Step",
    "Via",
    "gap",
    "in_order",
    "is_assumed",
    "latest",
    "steps",
    "value_in",
]
