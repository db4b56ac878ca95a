"""One requirement as its file tells it: the words, the clause, the days, the examples; what it checks is handed in."""

import re
from collections.abc import Collection, Hashable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, SkipValidation, Strict, TypeAdapter

from kientruc.finding import Severity
from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.model.values import Bool, Certainty, Day, Id, Line, Text

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Modality(StrEnum):
    """What the wording of the clause binds to; only `must` decides the verdict."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Combine(StrEnum):
    """How several checks of one requirement make one status: all must hold, or one is enough."""

    ALL = "all"
    ANY = "any"


Type = Literal["province", "ministry", "agency"]


class Waivable(Late):
    """How far a requirement can be waived: not at all, or for so many days at most."""

    allowed: Bool = True
    max_days: Annotated[int, Strict(), Field(ge=1)] | None = None


class Stage(StrEnum):
    """Whether the clause was read; what is on trial is printed as such and never moves a verdict."""

    STABLE = "stable"
    TRIAL = "trial"


class Clause(Late):
    """Where a duty stands. `asks` is told in our own words; `reading` is what only we conclude from it."""

    document: Id
    article: Line | None = None
    asks: Bilingual
    reading: Bilingual | None = None
    certainty: Certainty


class Checks(Hashable, Protocol):
    """Reads the lists `checks` of requirements; the kinds of check live on a higher floor."""

    def of(self, kinds: Collection[str]) -> TypeAdapter[Any]:
        """Give what reads lists of checks of these kinds."""
        ...


class Requirement(Late):
    """One requirement of one edition.

    It applies from the first day of its first clause's document to that document's last day, unless `applies_from` or
    `applies_until` says otherwise. A look-ahead is told before its day and never fails then.
    """

    id: Id
    title: Bilingual
    modality: Modality
    severity: Severity
    status: Stage
    candidate: Line | None = None  # the row of the fact file it was made from
    serves: tuple[Line, ...] = ()  # the lines of the edition's own check lists that it helps to answer
    since: Id | None = None  # the first edition that knew the duty
    was: tuple[Id, ...] = ()  # what the same duty was called in earlier editions
    clause: tuple[Clause, ...] = Field(min_length=1)
    applies_from: Day | None = None
    applies_until: Day | None = None
    look_ahead: bool = False
    types: tuple[Type, ...] = ()  # of architectures it is asked of, and of those that do not say; empty for all
    checks: Annotated[tuple[Any, ...], SkipValidation] = Field(min_length=1)
    combine: Combine = Combine.ALL
    waivable: Waivable = Waivable()
    message: Bilingual
    remedy: Bilingual
    note: Bilingual | None = None
    passes: Text
    fails: Text
    not_applicable: Text

    @property
    def binds(self) -> bool:
        """Whether a failure decides the verdict."""
        return self.modality is Modality.MUST and self.status is Stage.STABLE

    def sentence(self, lang: str, values: Mapping[str, str]) -> str:
        """Say what was found."""
        return fill(self.message, lang, values)

    def advice(self, lang: str, values: Mapping[str, str]) -> str:
        """Say what to do about it."""
        return fill(self.remedy, lang, values)


class NotRead(Late):
    """A candidate that could not be written honestly, and why."""

    candidate: Line
    title: Bilingual
    why: Bilingual
    serves: tuple[Line, ...] = ()


def fill(words: Bilingual, lang: str, values: Mapping[str, str]) -> str:
    """Put values in, once: what a value contains is never read as a placeholder. In English `x_en` goes before `x`."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return values.get(f"{name}_en" if lang == "en" else name) or values.get(name, "")

    return PLACEHOLDER.sub(value, words.in_(lang))


def placeholders(words: Bilingual) -> frozenset[str]:
    """Give the names in curly brackets, also those no check knows."""
    return frozenset(PLACEHOLDER.findall(words.vi)) | frozenset(PLACEHOLDER.findall(words.en))
