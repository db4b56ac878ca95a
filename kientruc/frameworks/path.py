"""The way to approval as an edition knows it: steps in order, who acts, with which papers, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks.reader import EditionError, unknown, validated
from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.model.record import adapter
from kientruc.model.values import Certainty, Id, Line


class PathStep(Late):
    """One step; it stands in a document, or was seen somewhere. `actor` is a role, no organisation of one province."""

    name: Bilingual
    actor: Bilingual
    papers: tuple[Bilingual, ...] = ()
    document: Id | None = None
    article: Line | None = None
    source: Line | tuple[Line, ...]
    certainty: Certainty
    note: Bilingual | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources."""
        return (self.source,) if isinstance(self.source, str) else self.source


class PathFile(Late):
    """The whole of `path.yaml`: steps by id, in the order in which they are taken."""

    steps: dict[str, PathStep]


def load_path(top: Any, documents: Collection[str], sources: Collection[str]) -> Mapping[str, PathStep]:
    """Read a path.

    Raises:
        EditionError: it has not the shape of one, or names a document or a source nobody knows.
    """
    file: PathFile = validated(adapter(PathFile), top, top)
    wrong = list(_unknown(file.steps, top, documents, sources))
    if wrong:
        raise EditionError(wrong)
    return file.steps


def _unknown(
    steps: Mapping[str, PathStep], top: Any, documents: Collection[str], sources: Collection[str]
) -> Iterator[Finding]:
    for id, step in steps.items():
        if step.document and step.document not in documents:
            yield unknown(step.document, "document", documents, top.span("steps", id, "document"))
        for name in step.sources:
            if name not in sources:
                yield unknown(name, "source", sources, top.span("steps", id, "source"))
