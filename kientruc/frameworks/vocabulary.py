"""The words of an edition: its places, its code lists, and the register of roles that all editions share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from pydantic import ConfigDict, Field

from kientruc.model.kinds import Kind
from kientruc.model.record import Frozen, Shared
from kientruc.model.values import Certainty, Line, Text


class Late(Frozen):
    """A frozen value whose validator is only built as part of the whole it stands in: start-up is half of a check."""

    model_config = ConfigDict(defer_build=True)


class Bilingual(Shared):
    """One text in Vietnamese and English; neither may be left out."""

    vi: Text
    en: Text

    def in_(self, lang: str) -> str:
        """Give the text in a language."""
        return self.en if lang == "en" else self.vi


class Obligation(StrEnum):
    """Whether an architecture must have something at a place."""

    MANDATORY = "mandatory"
    EXPECTED = "expected"  # drawn in the framework, the duty itself not read
    OPTIONAL = "optional"


class Place(Late):
    """A place of the framework's picture; elements and components are mapped to it."""

    name: Bilingual
    parent: Line | None = None
    obligation: Obligation = Obligation.OPTIONAL
    order: int = 0
    certainty: Certainty
    source: Line | None = None
    note: Text | None = None


class SharedPlatform(Late):
    """A platform of the nation's lists: group A serves all, group B a sector. `owner` is written as the list does."""

    list: Literal["A", "B"]
    name: Bilingual
    owner: Line | None = None
    certainty: Certainty
    source: Line | None = None
    note: Text | None = None


class CodeList(Late):
    """Values that a condition may name as "@list". `words` tell each value in both languages where a code hides it.

    With `shared` its values are the ids of the shared platforms of these groups.
    """

    name: Bilingual
    values: tuple[Line | int, ...] = ()
    shared: tuple[Literal["A", "B"], ...] = ()
    words: dict[str, Bilingual] = Field(default_factory=dict)
    said: Bilingual | None = None  # how a message says the whole list, where naming every value would be too much
    certainty: Certainty
    source: Line | None = None

    def filled(self, platforms: Mapping[str, SharedPlatform]) -> "CodeList":
        """Give the list with its platforms as values, named as the nation's lists name them."""
        chosen = {id: one.name for id, one in platforms.items() if one.list in self.shared}
        more = {"values": (*self.values, *chosen), "words": {**self.words, **chosen}}
        return self.model_copy(update=more) if chosen else self


class NamedCondition(Late):
    """A condition that requirements may name as "@name": what several of them mean by the same words is said once."""

    name: Bilingual
    is_: dict[str, Any] = Field(alias="is")  # read where it is named, with the kinds it is named of
    certainty: Certainty


class Role(Late):
    """By what a requirement recognises a thing. `is` names the wider role it also counts as.

    `kinds` are the kinds that can bear it, where requirements rest on it: a role is no label for anything at all.
    """

    vi: Line
    en: Line
    meaning: Bilingual
    is_: Line | None = Field(default=None, alias="is")
    kinds: tuple[Kind, ...] = ()

    def in_(self, lang: str) -> str:
        """Give its name in a language."""
        return self.en if lang == "en" else self.vi


class Stack(Late):
    """How the framework's own figure stands: rows from top to bottom, columns at its sides. Only topmost places.

    `order` of a place is for tables; a figure may have its foundation at the bottom.
    """

    rows: tuple[Line, ...] = ()
    left: tuple[Line, ...] = ()
    right: tuple[Line, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, int, str], ...]:
        """Give every place that is named: under which key, as which one there."""
        sides = (("rows", self.rows), ("left", self.left), ("right", self.right))
        return tuple((key, at, id) for key, ids in sides for at, id in enumerate(ids))


class Vocabulary(Late):
    """The whole of `vocabulary.yaml`, or of one file in `vocabulary/`; an edition's words are all of them together."""

    places: dict[str, Place] = Field(default_factory=dict)
    lists: dict[str, CodeList] = Field(default_factory=dict)
    conditions: dict[str, NamedCondition] = Field(default_factory=dict)
    shared: dict[str, SharedPlatform] = Field(default_factory=dict)
    fields: dict[str, Bilingual] = Field(default_factory=dict)  # what messages call the fields that requirements name
    nothing: Bilingual | None = None  # what messages say where nothing is written
    picture: Stack | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What a requirement of an edition may name; handed to the readers of checks."""

    places: Mapping[str, Place] = field(default_factory=dict)
    lists: Mapping[str, CodeList] = field(default_factory=dict)
    conditions: Mapping[str, NamedCondition] = field(default_factory=dict)
    shared: Mapping[str, SharedPlatform] = field(default_factory=dict)
    fields: Mapping[str, Bilingual] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    nothing: Bilingual | None = None
    picture: Stack = field(default_factory=Stack)

    def kinds_of(self, roles: Collection[str]) -> tuple[str, ...]:
        """Give these roles and every narrower one, in id order."""
        found = set(roles)
        while True:
            more = {id for id, role in self.roles.items() if role.is_ in found} - found
            if not more:
                return tuple(sorted(found))
            found |= more
