"""What a layered picture shows: bands of groups of blocks, a colour as a meaning, no syntax and no measure."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a block's fill and border tell; the legend says it in words."""

    PRESENT = "present"  # in the baseline state
    CHANGED = "changed"  # in the baseline and the target, with a treatment
    ADDED = "added"  # only in the target
    OBSERVED = "observed"  # seen at a later day than the document's
    ASSUMED = "assumed"  # taken from the national template, not confirmed for the agency
    ABSENT = "absent"  # said not to be there, wherever anything is said
    UNSAID = "unsaid"  # its state is not said


@dataclass(frozen=True, slots=True)
class Block:
    """One element; `note` is the sentence a reader gets on pointing at it."""

    id: str
    label: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks kept together inside a band; a label of "" draws no frame. `mark` is that of their whole."""

    id: str
    label: str
    blocks: tuple[Block, ...]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """One component of the architecture: a row, or a column at the side; `empty` says why it holds no block."""

    id: str
    label: str
    groups: tuple[Group, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A mark that occurs in the picture, in words."""

    mark: Mark
    label: str


@dataclass(frozen=True, slots=True)
class LayeredPicture:
    """The whole picture: rows from top to bottom, side bands that stand beside all rows."""

    id: str
    title: str
    subtitle: str
    description: str
    lang: str
    rows: tuple[Band, ...]
    left: tuple[Band, ...]
    right: tuple[Band, ...]
    legend: tuple[LegendEntry, ...]
    footer: str

    @property
    def blocks(self) -> int:
        """How many blocks there are, those that hold others too."""
        bands = (*self.rows, *self.left, *self.right)
        return sum(len(group.blocks) + bool(group.label) for band in bands for group in band.groups)
