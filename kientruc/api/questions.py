"""Questions about an architecture: what reaches what, what stops, who owns, what is left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kientruc.errors import UsageError
from kientruc.loading.nearest import nearest
from kientruc.model.architecture import Architecture

if TYPE_CHECKING:
    from kientruc.api.checking import Report
    from kientruc.graph.verb_groups import Via
    from kientruc.views.table import Answered

ANSWER_FORMATS = ("text", "json", "md")


class Questions:
    """Answers about one architecture; every answer is a table whose cells hold words and values.

    Args:
        lang: of the words.
    Example:
        >>> found = api.Questions(loaded.architecture).impact("nen-tang-chia-se")
        >>> [(table.key, len(table.rows)) for table in found.tables][:2]
        [('services-hit', 0), ('elements-hit', 0)]
    """

    def __init__(self, architecture: Architecture, lang: str = "vi") -> None:
        from kientruc.views.questions import Asker

        self.architecture = architecture
        self._asker = Asker(architecture, lang)

    def reach(self, id: str, via: str = "data_flow", back: bool = False) -> Answered:
        """Tell what can be reached from an element; `back`: what reaches it.

        Args:
            via: verbs or groups of them, separated by commas.
        Raises:
            UsageError: there is no such element, or no such verb; likewise below.
        """
        return self._asker.reach(self._element(id), _via(via), back)

    def path(self, source: str, target: str, via: str = "data_flow") -> Answered:
        """Give one shortest way from an element to another."""
        return self._asker.path(self._element(source), self._element(target), _via(via))

    def impact(self, id: str) -> Answered:
        """Tell what stops if an element stops."""
        return self._asker.impact(self._element(id))

    def ending(self, by: date) -> Answered:
        """Give the contracts and leases that end by a day, with how much rests on them."""
        return self._asker.ending(by)

    def owner(self, id: str) -> Answered:
        """Tell who answers for an element, or what an organisation answers for."""
        organisations = self.architecture.organisations
        return self._asker.owner(id if id in organisations else self._element(id, *organisations))

    def uncovered(self, on: date | None = None) -> Answered:
        """Give the changes between today and the target that no task covers and nobody declared open."""
        return self._asker.uncovered(on or self.architecture.cut_off)

    def unknown(self, by: date | None = None, reports: Sequence[Report] = ()) -> Answered:
        """Give the values nobody knows, with who must answer by when.

        Args:
            reports: checks of this architecture, of which it is told what else they wait for.
        """
        return self._asker.unknown(by, [(one.edition, one.result) for one in reports if one.edition])

    def _element(self, id: str, *others: str) -> str:
        known = self.architecture.elements
        if id not in known:
            raise UsageError("ask.no-element", found=id, nearest=nearest(id, [*known, *others]))
        return id


def spell_answer(view: Answered, format: str = "text", lang: str = "vi") -> str:
    """Spell an answer in one of `ANSWER_FORMATS`.

    Example:
        >>> answer = api.Questions(loaded.architecture).reach("lgsp")
        >>> json.loads(api.spell_answer(answer, "json"))["question"]
        'reach'
    """
    from kientruc.renderers import tables

    return tables.render(view, format, lang)


def _via(words: str) -> Via:
    from kientruc.graph.verb_groups import VERB_GROUPS, steps
    from kientruc.model.verbs import Verb

    names = [word.strip() for word in words.split(",")]
    known = (*VERB_GROUPS, *(verb.value for verb in Verb))
    for name in names:
        try:
            steps(name)
        except KeyError:
            near = nearest(name, known)
            raise UsageError("ask.no-verb", found=name, nearest=near, allowed=", ".join(known)) from None
    return names
