"""The papers of the approval dossier, made of an architecture: nothing in them is typed a second time."""

from collections.abc import Callable, Mapping, Sequence
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
# By the name of their files, in the order in which a reader gets them.
PAPERS: Mapping[str, Callable[[Dossier], Document | None]] = MappingProxyType(
    {
        DECISION: decision,
        ARCHITECTURE: architecture_text,
        "bao-cao-thuyet-minh": explanatory_report,
        "bien-ban": minutes,
        "thong-bao-ket-luan": conclusions,
        "phieu-kiem-tra": check_sheet,
        "bang-tiep-thu-4-cot": partial(handling, columns=4),
        "bang-tiep-thu-7-cot": partial(handling, columns=7),
        "bao-cao-chinh-sua": changes,
        NOTES: notes,
    }
)
SUBMISSION, CHECK_SHEET = "to-trinh", "phieu-kiem-tra"
# Those that others go with, and which do not: who approves gets all, the Party and a ministry no minutes.
ENCLOSING: Mapping[str, tuple[Callable[[Dossier, Sequence[str]], Document | None], tuple[str, ...]]] = MappingProxyType(
    {
        SUBMISSION: (submission, (NOTES,)),
        "bao-cao-thuong-truc": (report, (NOTES, "bien-ban")),
        "cong-van-tham-dinh": (letter, (NOTES, "bien-ban", "thong-bao-ket-luan")),
    }
)
NAMES = (*ENCLOSING, *PAPERS)
PUBLISHED = (DECISION, ARCHITECTURE)  # the others are what bodies write to one another on the way there


def papers(dossier: Dossier, only: tuple[str, ...] = ()) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Make the papers.

    Args:
        only: their names; all where none is named.
    Returns:
        The papers, and the names of those for which the architecture holds nothing.
    """
    wanted = [name for name in NAMES if not only or name in only]
    beside = {name: PAPERS[name](dossier) for name in wanted if name in PAPERS}
    enclosing = {}
    for name in (one for one in wanted if one in ENCLOSING):
        make, without = ENCLOSING[name]
        titles = dict.fromkeys(paper.title for key, paper in beside.items() if paper and key not in without)
        enclosing[name] = make(dossier, tuple(titles))
    made = {**enclosing, **beside}
    return tuple(paper for paper in made.values() if paper), tuple(name for name in made if made[name] is None)


__all__ = ["ARCHITECTURE", "CHECK_SHEET", "NAMES", "PUBLISHED", "SUBMISSION", "Dossier", "Wording", "papers", "wording"]
