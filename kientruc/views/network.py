"""What a picture of things and the lines between them shows: boxes, frames, lines, each with a meaning; no measure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kientruc.model.values import Certainty
from kientruc.views.picture import SIGNS, LegendEntry, Mark, signed


class Shape(StrEnum):
    """The outline of a box: by what sort of thing it is, so that colour is left for another meaning."""

    BOX = "box"  # applications, platforms
    ROUNDED = "rounded"  # services, channels, functions
    CYLINDER = "cylinder"  # data
    PERSON = "person"  # user groups, organisations
    DOCUMENT = "document"  # information, papers
    CUBE = "cube"  # devices, nodes, sites, networks
    NOTE = "note"  # what is said beside a picture


class LineMark(StrEnum):
    """What a line tells by its strokes alone; the colour only helps."""

    PRESENT = "present"
    PLANNED = "planned"
    ASSUMED = "assumed"
    UNSAID = "unsaid"
    MISSING = "missing"  # wanted, and nowhere written
    POINT_TO_POINT = "point-to-point"  # past the platform that it should go through
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Node:
    """One box; `cluster` is the frame it stands in ("" for none), `certainty` what its mark does not tell of it."""

    id: str
    label: str
    mark: Mark
    note: str = ""
    shape: Shape = Shape.BOX
    badge: str = ""
    cluster: str = ""
    certainty: Certainty = Certainty.STATED

    @property
    def signs(self) -> str:
        """What stands in its corner: the badge, and the sign of how sure it is."""
        return self.badge + SIGNS[self.certainty]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A frame around boxes; frames may stand in frames."""

    id: str
    label: str
    parent: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one box to another; several relations that say the same are one line with one label.

    `certainty` is what its mark does not tell of it.
    """

    id: str
    source: str
    target: str
    mark: LineMark
    label: str = ""
    note: str = ""
    arrow: bool = True
    certainty: Certainty = Certainty.STATED

    @property
    def words(self) -> str:
        """The label behind the sign of how sure it is, or the sign alone."""
        return signed(self.label, self.certainty)


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A sort of line that occurs in the picture, in words."""

    mark: LineMark
    label: str


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The whole picture. `direction` is where lines lead to; `notes` are sentences that stand beneath."""

    id: str
    title: str
    subtitle: str
    description: str
    lang: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    clusters: tuple[Cluster, ...]
    legend: tuple[LegendEntry, ...]
    lines: tuple[LineEntry, ...]
    footer: str
    direction: Literal["right", "down"] = "right"
    notes: tuple[str, ...] = ()
