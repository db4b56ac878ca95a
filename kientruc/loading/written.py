"""The ids that files hold, also of an architecture that could not be made: what an editor offers while it is mended."""

from __future__ import annotations

from collections.abc import Iterable

from kientruc.loading.gathered import Gathered
from kientruc.loading.sections import take
from kientruc.reading.limits import Limits
from kientruc.source import SourceFile


def written(files: Iterable[SourceFile], limits: Limits) -> Gathered | None:
    """Give the head and the records of files as written; None where one of the files cannot be read."""
    gathered = Gathered(limits)
    for file in files:
        take(gathered, file)
    return gathered if gathered.whole and not gathered.findings.refused else None
