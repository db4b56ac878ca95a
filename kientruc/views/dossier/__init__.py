"""The papers of the approval dossier, made of an architecture: nothing in them is typed a second time."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from kientruc.views.document import Document
from kientruc.views.dossier.changes import changes
from kientruc.views.dossier.check_sheet import check_sheet
from kientruc.views.dossier.conclusions import conclusions
from kientruc.views.dossier.decision import decision
from kientruc.views.dossier.facts import Dossier
from kientruc.views.dossier.handling import handling
from kientruc.views.dossier.minutes import minutes
from kientruc.views.dossier.notes import notes
from kientruc.views.dossier.outline import architecture_text, explanatory_report
from kientruc.views.dossier.submission import submission
from kientruc.views.dossier.upward import letter, report
from kientruc.views.dossier.wording import Wording, wording

ARCHITECTURE, DECISION = "kien-truc", "quyet-dinh"
NOTES = "phieu-luu-y"  # for the drafter: no part of what is handed in
# By the name of their files, in the order in which a reader gets them; the first is told what goes with it.
PAPERS: Mapping[str, Callable[[Dossier], Document | None]] = MappingProxyType(
    {
        DECISION: decision,
        ARCHITECTURE: architecture_text,
        "bao-cao-thuyet-minh": explanatory_report,
        "bien-ban": minutes,
        "thong-bao-ket-luan": conclusions,
        "bao-cao-thuong-truc": report,
        "cong-van-tham-dinh": letter,
        "phieu-kiem-tra": check_sheet,
        "bang-tiep-thu-4-cot": partial(handling, columns=4),
        "bang-tiep-thu-7-cot": partial(handling, columns=7),
        "bao-cao-chinh-sua": changes,
        NOTES: notes,
    }
)
SUBMISSION, CHECK_SHEET = "to-trinh", "phieu-kiem-tra"
APART = (
    "bao-cao-thuong-truc",
    "cong-van-tham-dinh",
    NOTES,
)  # others send them, or nobody does: they go with no submission
NAMES = (SUBMISSION, *PAPERS)
PUBLISHED = (DECISION, ARCHITECTURE)  # the others are what bodies write to one another on the way there


def papers(dossier: Dossier, only: tuple[str, ...] = ()) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Make the papers.

    Args:
        only: their names; all where none is named.
    Returns:
        The papers, and the names of those for which the architecture holds nothing.
    """
    wanted = [name for name in NAMES if not only or name in only]
    made = {name: PAPERS[name](dossier) for name in wanted if name in PAPERS}
    found = [paper for paper in made.values() if paper]
    if SUBMISSION in wanted:
        beside = dict.fromkeys(paper.title for paper in found if paper.id not in APART)
        found.insert(0, submission(dossier, tuple(beside)))
    return tuple(found), tuple(name for name, paper in made.items() if paper is None)


__all__ = ["ARCHITECTURE", "CHECK_SHEET", "NAMES", "PUBLISHED", "SUBMISSION", "Dossier", "Wording", "papers", "wording"]
