"""A format profile: measures, sizes and strings that one legal text prescribes for a paper, with where it says so."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from kientruc.frameworks.reader import read, validated
from kientruc.model.record import Frozen
from kientruc.model.values import Bool, Certainty, Day, Line, Number
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT

PROFILES = Path(__file__).parent / "profiles"
ROLES = (
    *("national_title", "motto", "superior", "issuer", "star", "number", "place_date", "draft_mark"),
    *("type_name", "abstract", "letter_abstract", "addressees", "basis", "enacting"),
    *("body", "centre", "note", "chapter", "chapter_title", "heading_1", "heading_2", "heading_3"),
    *("article", "clause", "point", "dash", "authority", "signer", "recipients_head", "recipients"),
    *("annex_label", "annex_title", "annex_attached", "caption_table", "caption_figure", "table_head", "table_cell"),
    *("contents_title", "contents", "page_number", "sample_mark"),
)


class Rule(Frozen):
    """What a rule rests on: the article, or that nobody has found it, and how sure we are."""

    clause: Line
    certainty: Certainty = Certainty.STATED


class Measure(Rule):
    """A length in millimetres: what we take, and between which bounds it may lie."""

    value: Number
    least: Number
    most: Number

    @model_validator(mode="after")
    def _within(self) -> Measure:
        if not self.least <= self.value <= self.most:
            raise PydanticCustomError("bounds", "", {"expected": f"{self.least}–{self.most}"})
        return self


class Element(Rule):
    """How one part of a paper is set: points, and millimetres of the first line's indent."""

    size: Number
    least: Number
    most: Number
    bold: Bool = False
    italic: Bool = False
    caps: Bool = False
    align: Literal["left", "centre", "right", "justify"] = "left"
    indent: Number = 0
    before: Number = 0
    after: Number = 0
    line: Number = 1

    @model_validator(mode="after")
    def _within(self) -> Element:
        if not self.least <= self.size <= self.most:
            raise PydanticCustomError("bounds", "", {"expected": f"{self.least}–{self.most}"})
        return self


class Paper(Rule):
    """The sheet, in millimetres, upright."""

    width: Number
    height: Number


class Margins(Frozen):
    """The four margins; `left` is that of the binding."""

    top: Measure
    bottom: Measure
    left: Measure
    right: Measure


class Font(Rule):
    """The typeface; where any is allowed, `required` is false."""

    name: Line
    required: Bool


class PageNumber(Rule):
    """Where the number of the page stands; never on the first page of the paper or of an annex."""

    place: Literal["top-centre", "top-right", "bottom-right", "bottom-centre"]


class Strings(Rule):
    """Fixed strings and signs. In `number` (of a letter: `letter_number`) and `date`, {blank} is left open.

    `draft` is the mark of a draft, where the format knows one.
    """

    national_title: Line
    motto: Line | None = None
    star: Line | None = None
    number: Line
    letter_number: Line
    date: Line
    draft: Line | None = None
    addressed: Line
    recipients: Line
    basis_end: Line
    last_basis_end: Line
    end: Line


class Profile(Frozen):
    """One format: which legal text, for state or Party papers, and on which days."""

    id: Line
    name: Line
    name_en: Line
    document: Line
    party: Bool = False
    from_: Day = Field(alias="from")
    until: Day | None = None
    source: Line
    paper: Paper
    margins: Margins
    font: Font
    page_number: PageNumber
    strings: Strings
    elements: dict[str, Element]

    @model_validator(mode="after")
    def _whole(self) -> Profile:
        for name in self.elements:
            if name not in ROLES:
                raise PydanticCustomError("unknown_word", "", {"found": name, "what": "element", "known": ROLES})
        missing = next((name for name in ROLES if name not in self.elements), None)
        if missing:
            raise PydanticCustomError("unknown_word", "", {"found": "", "what": "element", "known": (missing,)})
        return self

    def text_width(self, landscape: bool = False) -> float:
        """Give the width of a line in millimetres."""
        across = self.paper.height if landscape else self.paper.width
        return float(across - self.margins.left.value - self.margins.right.value)

    def text_height(self, landscape: bool = False) -> float:
        """Give the height of a page's text in millimetres."""
        along = self.paper.width if landscape else self.paper.height
        return float(along - self.margins.top.value - self.margins.bottom.value)


def load_profile(path: Path) -> Profile:
    """Read a profile.

    Raises:
        EditionError: it is not there, misspelt, or does not hold together; with every place.
    """
    top, _ = read(Workspace(path.parent, DEFAULT), path.name)
    profile: Profile = validated(TypeAdapter(Profile), top, top)
    return profile


@cache
def profiles() -> tuple[Profile, ...]:
    """Give the profiles that ship with the tool, by id."""
    return tuple(load_profile(path) for path in sorted(PROFILES.glob("*.yaml")))


def choose(day: date, party: bool = False) -> Profile:
    """Give the format of a day. Where none of its sort holds yet, that of state papers does, the earliest at worst."""
    for known in (one for one in ([True, False] if party else [False])):
        holding = [one for one in profiles() if one.party is known and one.from_ <= day]
        if holding:
            return max(holding, key=lambda one: one.from_)
    return min((one for one in profiles() if not one.party), key=lambda one: one.from_)
