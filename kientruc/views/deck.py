"""The slides of a hearing, from the model alone: where we are, the pictures, what changed, what is asked.

Nothing is said that the data do not say; a slide with nothing to say is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kientruc.frameworks.holidays import Calendar
from kientruc.messages import text
from kientruc.model.approval import Hearing
from kientruc.model.architecture import Architecture
from kientruc.progress.where import where
from kientruc.views import catalog
from kientruc.views.access_marks import mark
from kientruc.views.catalog import View
from kientruc.views.choice import Material
from kientruc.views.difference import DifferenceView
from kientruc.views.status import Row, standing
from kientruc.views.title_block import footer
from kientruc.views.words import day, label, name

PICTURES = ("context", "layered", "states", "foundations", "roadmap", "sourcing")
MOST = 8  # points of one sort; how many more there are is said
BASES = 6


@dataclass(frozen=True, slots=True)
class Say:
    """One point: the words, and what stands smaller beneath; `strong` for a heading within a slide."""

    words: str
    beneath: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide of words; the first one has no points, only lines."""

    id: str
    title: str
    subtitle: str
    says: tuple[Say, ...]
    footer: str
    lang: str
    opening: bool = False
    mark: str = ""


def deck(
    material: Material, calendar: Calendar, hearing: Hearing | None, compared: DifferenceView | None
) -> tuple[Slide | View, ...]:
    """Make the slides in order: title, context, the whole, foundations, roadmap, sourcing, changes, what is asked.

    Args:
        compared: what changed since the version of an earlier hearing, in words.
    """
    maker = _Maker(material, hearing)
    pictures = [made for id in PICTURES if (made := catalog.view(material, id)) is not None]
    slides: list[Slide | View | None] = [
        maker.opening(),
        maker.context(),
        *pictures,
        maker.changes(compared) if compared else None,
        maker.asked(calendar),
    ]
    return tuple(one for one in slides if one is not None)


class _Maker:
    """Makes the slides of words of one architecture at one hearing."""

    def __init__(self, material: Material, hearing: Hearing | None) -> None:
        self.material, self.hearing = material, hearing
        self.architecture: Architecture = material.architecture
        self.lang = material.lang
        self.on = hearing.date if hearing else self.architecture.cut_off

    def slide(self, id: str, says: Sequence[Say], subtitle: str = "", opening: bool = False) -> Slide | None:
        """Put a slide together; None where it has nothing to say."""
        if not says and not opening:
            return None
        title = name(self.architecture.head, self.lang) if opening else text(f"deck.{id}", self.lang)
        told = mark(self.architecture, self.lang)
        return Slide(f"deck-{id}", title, subtitle, tuple(says), footer(self.material), self.lang, opening, told)

    def opening(self) -> Slide | None:
        """Whose architecture it is, which version, for which hearing."""
        head, lang = self.architecture.head, self.lang
        heard = f"{name(self.hearing, lang)}, {day(self.hearing.date, lang)}" if self.hearing else ""
        version = text("deck.version", lang, version=head.version) if head.version else ""
        lines = (label(self.architecture, head.agency, lang), heard, version)
        return self.slide("opening", [Say(one) for one in lines if one], opening=True)

    def context(self) -> Slide | None:
        """What it rests on, and what the current state is like."""
        says: list[Say] = []
        legal = self.architecture.records["legal"]
        bases = [legal[id] for id in self.architecture.head.basis if id in legal]
        titles = [" – ".join(one for one in (base.number, getattr(base, "title", "") or "") if one) for base in bases]
        says += self.listed("bases", titles, BASES)
        found = self.architecture.records["assessments"].values()
        for sort in ("strength", "weakness"):
            says += self.listed(
                sort, [name(one, self.lang) for one in found if one.type == sort], 4 if sort == "strength" else MOST
            )
        return self.slide("context", says)

    def listed(self, key: str, words: Sequence[str], most: int = MOST) -> Iterator[Say]:
        """A heading with the first of some points, and how many more there are."""
        if not words:
            return
        yield Say(text(f"deck.{key}", self.lang, count=len(words)), strong=True)
        for one in words[:most]:
            yield Say(one)
        if len(words) > most:
            yield Say(text("deck.more", self.lang, count=len(words) - most))

    def changes(self, compared: DifferenceView) -> Slide | None:
        """How much changed since the last hearing, for whose sake, and what moved in money."""
        says = [Say(text("deck.counts", self.lang), strong=True)]
        says += [Say(f"{words}: {count}") for words, count in compared.counts if count][:6]
        money = [f"{one.words}: {one.before} → {one.after}" for one in compared.account.money]
        says += self.listed("money", money, 4)
        return self.slide("changes", says, f"{compared.old} → {compared.new}")

    def asked(self, calendar: Calendar) -> Slide | None:
        """What stands between the current step and the next, and what the conclusions so far left open."""
        found = where(self.architecture, self.on, calendar)
        told = standing(self.architecture, found, self.lang)
        says: list[Say] = []
        if told.current:
            says.append(Say(text("deck.step", self.lang, step=told.current), strong=True))
            says += [Say(one) for one in told.sentences]
        if told.blockers:
            says.append(Say(text("deck.blockers", self.lang, count=len(told.blockers)), strong=True))
            says += [Say(one.sentence, _who(one)) for one in told.blockers[:MOST]]
            if len(told.blockers) > MOST:
                says.append(Say(text("deck.more", self.lang, count=len(told.blockers) - MOST)))
        says += self.listed("undecided", [*self.leaders()])
        return self.slide("asked", says)

    def leaders(self) -> Iterator[str]:
        """The comments whose answer waits for the opinion of a leader."""
        for comment in self.architecture.records["comments"].values():
            if comment.needs_leader and not comment.verdict:
                yield f"{label(self.architecture, comment.from_, self.lang)}: {comment.text}"


def _who(row: Row) -> str:
    return " · ".join(one for one in (row.owner, row.due) if one)
