"""The editions there are, and what changes from one to another: requirements, places, one architecture's verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kientruc.frameworks import Edition, Stage, Standing
from kientruc.frameworks.crosswalk import Crosswalk
from kientruc.frameworks.lineage import lineage
from kientruc.frameworks.shelf import EDITIONS
from kientruc.messages import text
from kientruc.model.values import Certainty
from kientruc.result import CheckResult
from kientruc.views.words import day


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in the list of all, in words."""

    id: str
    name: str
    instrument: str
    days: str
    standing: str
    stable: int
    trial: int
    not_read: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A requirement that goes on, under the same id or under another."""

    old: str
    new: str
    title: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Where what lies at a place belongs in the other edition, in words."""

    place: str
    narrowed: str
    to: str
    relation: str
    certainty: str
    decide: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the status of one requirement; "" on the side where it is not."""

    old: str
    new: str
    before: str
    after: str

    @property
    def is_same(self) -> bool:
        """Whether nothing changes."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Delta:
    """One architecture before two editions."""

    verdicts: tuple[str, str]
    days: tuple[str, str]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two editions compared; `moved` is None where nobody wrote a crosswalk."""

    kept: tuple[Kept, ...]
    new: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]
    moved: tuple[Moved, ...] | None
    delta: Delta | None = None


def listed(edition: Edition, on: date | None, lang: str) -> Listed:
    """Put an edition on a line: its days, how it stands on a day if one is asked for, how much of it was read."""
    about, stages = edition.about, [one.status for one in edition.requirements.values()]
    return Listed(
        edition.id,
        about.name.in_(lang),
        edition.law.documents[about.instrument.document].number,
        _days(edition, lang),
        _standing(edition, on, lang) if on else "",
        stages.count(Stage.STABLE),
        stages.count(Stage.TRIAL),
        len(edition.not_read),
    )


def _standing(edition: Edition, on: date, lang: str) -> str:
    about, found = edition.about, edition.about.standing(on)
    words = text(f"standing.{found.value}", lang)
    if found is not Standing.SUPERSEDED or about.superseded is None:
        return words
    return f"{words} ({about.superseded.by}; {text(f'certainty.{about.superseded.certainty.value}', lang)})"


def _days(edition: Edition, lang: str) -> str:
    held = edition.about.in_force
    ends = [day(end, lang) if end else "…" for end in (held.from_, held.until)]
    sure = held.certainty is Certainty.STATED
    return " – ".join(ends) + ("" if sure else f" ({text(f'certainty.{held.certainty.value}', lang)})")


def difference(
    old: Edition,
    new: Edition,
    crosswalk: Crosswalk | None,
    results: tuple[CheckResult, CheckResult] | None,
    lang: str,
    shelf: Path = EDITIONS,
) -> Difference:
    """Compare two editions; with results, also what they say of one architecture."""
    pairs = _pairs(old, new, shelf)
    going_on = {one for ones in pairs.values() for one in ones}
    gone = [id for id in old.requirements if id not in going_on]
    titles = {id: one.title.in_(lang) for id, one in (*old.requirements.items(), *new.requirements.items())}
    return Difference(
        tuple(Kept(before, id, titles[id]) for id, befores in pairs.items() for before in befores),
        tuple((id, titles[id]) for id in new.requirements if not pairs[id]),
        tuple((id, titles[id]) for id in gone),
        _moved(old, new, crosswalk, lang) if crosswalk else None,
        _delta(pairs, gone, results, lang) if results else None,
    )


def _pairs(old: Edition, new: Edition, shelf: Path) -> Mapping[str, tuple[str, ...]]:
    """Give for each requirement of the new edition those of the old one that it is, or was."""
    return {
        id: tuple(sorted(lineage(id, new.requirements, shelf) & old.requirements.keys())) for id in new.requirements
    }


def _moved(old: Edition, new: Edition, crosswalk: Crosswalk, lang: str) -> tuple[Moved, ...]:
    roles = new.words.roles
    return tuple(
        Moved(
            old.words.places[row.from_].name.in_(lang),
            ", ".join(
                (
                    *(roles[role].in_(lang) for role in row.role),
                    *(kind.in_(lang) for kind in row.kind),
                )
            ),
            "; ".join(new.words.places[place].name.in_(lang) for place in row.to),
            text(f"mapping.{row.relation.value}", lang),
            text(f"certainty.{row.certainty.value}", lang),
            row.decide.in_(lang) if row.decide else "",
        )
        for row in crosswalk.rows
    )


def _delta(
    pairs: Mapping[str, tuple[str, ...]], gone: list[str], results: tuple[CheckResult, CheckResult], lang: str
) -> Delta:
    before, after = (
        {one.requirement: text(f"status.{one.status.value}", lang) for one in result.requirements} for result in results
    )
    changes = [Change(old, id, before.get(old, ""), after[id]) for id, olds in pairs.items() for old in olds or ("",)]
    changes += [Change(id, "", before[id], "") for id in gone]
    verdicts = [text(f"verdict.{result.verdict.value}", lang) for result in results]
    days = [day(result.on, lang) if result.on else "" for result in results]
    return Delta((verdicts[0], verdicts[1]), (days[0], days[1]), tuple(changes))
