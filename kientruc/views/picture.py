"""What a layered picture shows: bands of groups of blocks, a colour as a meaning, no syntax and no measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kientruc.model.values import Certainty

SIGNS: Mapping[Certainty, str] = MappingProxyType(
    {Certainty.STATED: "", Certainty.DERIVED: "*", Certainty.ASSUMED: "~", Certainty.DOUBTFUL: "?"}
)  # how sure what is shown of a thing is, beside its name; what is simply seen in a source has none


def signed(label: str, certainty: Certainty) -> str:
    """Put the sign of how sure we are before a label; where there is none, the label as it is."""
    return f"{SIGNS[certainty]} · {label}".removesuffix(" · ") if SIGNS[certainty] else label


class Mark(StrEnum):
    """What a fill and a border tell; the legend says it in words. A view takes the marks of one meaning at a time."""

    # how an element stands to the states
    PRESENT = "present"  # in the baseline state
    CHANGED = "changed"  # in the baseline and the target, with a treatment
    ADDED = "added"  # only in the target
    OBSERVED = "observed"  # seen at a later day than the document's
    ASSUMED = "assumed"  # taken from the national template, not confirmed for the agency
    ABSENT = "absent"  # said not to be there, wherever anything is said
    UNSAID = "unsaid"  # its state is not said
    # how two states or versions differ; what is added and what is changed has its mark above
    REMOVED = "removed"
    MOVED = "moved"  # now in another component, or part of something else
    SAME = "same"
    # one of several that have no order: owners, phases, forms; a letter beside the name tells them apart in print
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"
    SIXTH = "sixth"
    SEVENTH = "seventh"
    EIGHTH = "eighth"
    OTHER = "other"  # everything past the eighth
    # steps of an order: levels, degrees of access or of certainty; darker is more
    STEP_1 = "step-1"
    STEP_2 = "step-2"
    STEP_3 = "step-3"
    STEP_4 = "step-4"
    STEP_5 = "step-5"
    # whether something that is wanted is there
    MISSING = "missing"
    # in a legend alone: a sign that any box may bear
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Block:
    """One element; `note` is the sentence a reader gets on pointing at it, `badge` a letter or number in its corner.

    `members` are the ids of those it counts, where it stands for several; `certainty` is what its mark does not tell of
    how sure it is, of several that of the least sure.
    """

    id: str
    label: str
    mark: Mark
    note: str = ""
    badge: str = ""
    members: tuple[str, ...] = ()
    certainty: Certainty = Certainty.STATED

    @property
    def signs(self) -> str:
        """What stands in its corner: the badge, and the sign of how sure it is."""
        return self.badge + SIGNS[self.certainty]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks kept together inside a band; a label of "" draws no frame. Mark and certainty are those of their whole."""

    id: str
    label: str
    blocks: tuple[Block, ...]
    mark: Mark | None = None
    badge: str = ""
    certainty: Certainty = Certainty.STATED

    @property
    def title(self) -> str:
        """The label behind the sign of how sure it is: a frame has no corner for one."""
        return signed(self.label, self.certainty)


@dataclass(frozen=True, slots=True)
class Band:
    """One component of the architecture: a row, or a column at the side; `empty` says why it holds no block.

    `aligned` makes its groups columns of a table: of one width each, with the same borders in every such row.
    """

    id: str
    label: str
    groups: tuple[Group, ...]
    empty: str = ""
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A mark that occurs in the picture, in words; with the letter or number that stands for it."""

    mark: Mark
    label: str
    badge: str = ""


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
