"""Typed questions to an architecture: who is joined to whom, which way, in which state; only here networkx is known."""

from kientruc.graph.architecture_graph import NOT_JOINED, ArchitectureGraph, Held, is_assumed
from kientruc.graph.bypass import Bypass
from kientruc.graph.cycles import Cycle
from kientruc.graph.reach import Routes
from kientruc.graph.verb_groups import VERB_GROUPS, Step, Via, steps

__all__ = [
    "NOT_JOINED",
    "VERB_GROUPS",
    "ArchitectureGraph",
    "Bypass",
    "Cycle",
    "Held",
    "Routes",
    "Step",
    "Via",
    "is_assumed",
    "steps",
]
