"""The approval dossier: papers made of an architecture, written in three formats, each DOCX held against its format."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kientruc import __version__
from kientruc.api.checking import Report, edition, model_sha256
from kientruc.api.cutting import Shown
from kientruc.api.forms import FORM_EDITION
from kientruc.api.near import near_words
from kientruc.api.paper_drawings import drawings
from kientruc.errors import UsageError, no_file
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Access
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal
from kientruc.views.remarks import remark

if TYPE_CHECKING:
    from datetime import date

    from kientruc.linting import Deviation
    from kientruc.model.approval import Hearing
    from kientruc.renderers.document.profile import Profile
    from kientruc.views.conformance import Conformance
    from kientruc.views.difference import DifferenceView
    from kientruc.views.document import Document


class HandedIn(NamedTuple):
    """What a dossier left in its folder: papers with their formats, what was not made, what departs from its format."""

    papers: tuple[tuple[str, str], ...]  # name and profile
    empty: tuple[str, ...]
    files: int
    changed: int
    beside: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    deviations: tuple[tuple[str, Deviation], ...]


class Made(NamedTuple):
    """Papers before they are written: files by name, and what a manifest says of them; the rest as in `HandedIn`."""

    files: Mapping[str, bytes]
    about: Mapping[str, object]
    papers: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]
    deviations: tuple[tuple[str, Deviation], ...]


def dossier(
    found: Architecture | Shown,
    folder: Path,
    hearing: str = "",
    profile: str = "",
    only: Sequence[str] = (),
    wording: Path | None = None,
    chairman: bool = False,
    party: bool = False,
    keep: str = "stop",
    lang: str = "vi",
    progress: Callable[..., None] | None = None,
    before: Architecture | Shown | None = None,
) -> HandedIn:
    """Make the papers of the dossier and write them, with a manifest, into a folder.

    Args:
        found: the architecture, or as its readers may have it; requirements are checked of the whole.
        keep: what to do where an output was edited by hand: "stop" or "beside". The others are those of `made_papers`.
    Raises:
        UsageError: a name is not known, or an extra is not installed.
        OutputError: see `renderers.folder.write`; nothing is half-written.
    Example:
        >>> made = api.dossier(small.architecture, folder / "giay-to", only=["to-trinh"])
        >>> made.papers
        (('to-trinh', 'tt01-2011'),)
    """
    from kientruc.renderers.folder import write

    tell = progress or (lambda step, **values: None)
    made = made_papers(found, hearing, profile, only, wording, chairman, party, lang, progress, before)
    tell("write")
    written = write(folder, made.files, made.about, keep)
    count, changed = len(made.files), written.changed
    return HandedIn(made.papers, made.empty, count, changed, written.beside, written.removed, made.deviations)


def made_papers(
    found: Architecture | Shown,
    hearing: str = "",
    profile: str = "",
    only: Sequence[str] = (),
    wording: Path | None = None,
    chairman: bool = False,
    party: bool = False,
    lang: str = "vi",
    progress: Callable[..., None] | None = None,
    before: Architecture | Shown | None = None,
) -> Made:
    """Make the papers of the dossier.

    Args:
        found: the architecture, or as its readers may have it; requirements are checked of the whole.
        hearing: whose papers; the last one where none is named. What was not known on its day stands in none of them.
        profile: the format of all papers; each paper's own day chooses where none is named.
        only: names of papers; all where none is named, of a public copy the two that are published.
        wording: a file with a province's own words.
        chairman: whether the chairman issues the decision, not the People's Committee as a body.
        party: whether the report to the Party's board bears the Party's head.
        before: an earlier version, for the report of what changed.
    Raises:
        UsageError: a name is not known, or an extra is not installed.
    """
    from kientruc.renderers.model_json import sha256
    from kientruc.views import dossier as papers
    from kientruc.views.access_marks import readers_of

    tell = progress or (lambda step, **values: None)
    shown = found if isinstance(found, Shown) else Shown(Loaded(found, (), ()))
    whole = shown.architecture
    heard = _hearing(whole, hearing, lang)
    shown = _known(shown, heard.date if heard else whole.cut_off)
    architecture = shown.architecture
    handed_round = model_sha256(before.whole) if isinstance(before, Shown) and not before.is_whole else ""
    before = before.architecture if isinstance(before, Shown) else before
    public = readers_of(architecture) == Access.PUBLIC.value
    for name in only:
        _named(name, papers.NAMES, "cli.unknown-paper", lang)
        if public:
            _named(name, papers.PUBLISHED, "cut.paper", lang)
    only = only or (papers.PUBLISHED if public else ())
    declared = architecture.head.edition
    named = edition(declared).about.name.vi if declared in edition_ids() else declared
    tell("draw")
    words = papers.wording(wording, lang)
    drawn = not only or {papers.SUBMISSION, papers.ARCHITECTURE} & {*only}
    diagrams, figures = drawings(shown.loaded, words) if drawn else ((), ())
    checked = _checked(shown) if not only or papers.CHECK_SHEET in only else None
    forms = edition(FORM_EDITION)
    about_all = papers.Dossier(
        architecture,
        words,
        named,
        heard,
        checked,
        party=party,
        chairman=chairman,
        before=before,
        compared=_compared(before, architecture, handed_round, heard),
        outline=forms.forms.outline if forms.forms and declared in (forms.id, forms.places_of) else None,
        words=forms.words,
        figures=figures,
        diagrams=diagrams,
    )
    made, empty = papers.papers(about_all, tuple(only))
    files: dict[str, bytes] = {}
    deviations: list[tuple[str, Deviation]] = []
    formats: list[tuple[str, str]] = []
    for paper in made:
        chosen = _profile(paper, profile, lang)
        tell("paper", name=paper.title)
        spelt, departs = _spelt(paper, chosen)
        files.update(spelt)
        deviations += ((f"{paper.id}.docx", one) for one in departs)
        formats.append((paper.id, chosen.id))
    about = {
        "tool": f"kientruc {__version__}",
        "architecture": {
            "id": architecture.head.id,
            "model_sha256": sha256(whole),
            "version": architecture.head.version,
            "cut_off": architecture.cut_off.isoformat(),
        },
        **({"access": readers} if (readers := readers_of(architecture)) else {}),
        "hearing": heard.id if heard else None,
        "profiles": dict(formats),
        "inputs": dict(architecture.sources_sha256),
        "content_sha256": {name: content_sha256(data) for name, data in files.items() if name.endswith(".docx")},
    }
    return Made(files, about, tuple(formats), empty, tuple(deviations))


def content_sha256(docx: bytes) -> str:
    """Hash what a DOCX holds, whatever library packed it: names and bytes of its parts, in order of their names."""
    import zipfile

    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in sorted(archive.namelist()):
            data = archive.read(name)
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def lint_paper(path: Path, profile: str, lang: str = "vi") -> tuple[Deviation, ...]:
    """Hold a finished DOCX, by whomever it was written, against a format.

    Raises:
        UsageError: there is no such format or file.
        NotADocument: it cannot be read safely.
    """
    from kientruc.linting import PACKED, NotADocument, lint_docx
    from kientruc.renderers.document.profile import profiles

    _named(profile, [one.id for one in profiles()], "cli.unknown-profile", lang)
    try:
        data = Workspace(path.parent, replace(DEFAULT, file_bytes=PACKED, total_bytes=PACKED)).data(path.name)
    except Refusal as refusal:
        if refusal.finding.code == "I-MISSING":
            raise no_file(path, "*.docx") from None
        raise NotADocument("lint.not-docx", why=remark(refusal.finding, lang).message) from None
    return lint_docx(data, next(one for one in profiles() if one.id == profile))


def _named(name: str, known: Iterable[str], key: str, lang: str) -> None:
    names = tuple(known)
    if name not in names:
        near = near_words(nearest(name, names), lang)
        raise UsageError(key, found=name, near=near, allowed=", ".join(names) or "–")


def _known(shown: Shown, day: date) -> Shown:
    """Take what was known on the day of the papers: nothing seen later stands in any of them."""
    from kientruc.cutting import known_on

    then = known_on(shown.architecture, day)
    cut = shown.cut
    if cut:
        cut = replace(cut, architecture=then, whole=then if cut.is_whole else known_on(cut.whole, day))
    return Shown(shown.loaded._replace(architecture=then), cut)


def _hearing(architecture: Architecture, id: str, lang: str) -> Hearing | None:
    hearings = architecture.records["hearings"]
    if id:
        _named(id, hearings, "cli.unknown-hearing", lang)
        found: Hearing = hearings[id]
        return found
    return max(hearings.values(), key=lambda one: (one.order, one.date, one.id), default=None)


def _profile(paper: Document, id: str, lang: str) -> Profile:
    from kientruc.renderers.document.profile import choose, profiles

    if not id:
        return choose(paper.date, paper.party)
    _named(id, [one.id for one in profiles()], "cli.unknown-profile", lang)
    return next(one for one in profiles() if one.id == id)


def _checked(shown: Shown) -> Conformance | None:
    """Check the whole against the declared edition on the day of the data; None where the tool does not know it."""
    from kientruc.validators.run import run
    from kientruc.views.conformance import conformance

    architecture, whole = shown.architecture, shown.whole
    if whole.head.edition not in edition_ids():
        return None
    against = edition(whole.head.edition)
    (report,) = shown.reports((Report(run(whole, against, whole.cut_off), whole, against),))
    return conformance(architecture, against, report.result, "vi")


def _compared(
    before: Architecture | None, architecture: Architecture, handed_round: str, heard: Hearing | None
) -> DifferenceView | None:
    """Compare with the earlier version; None where there is none.

    The report for a hearing says nothing of what came of it, unless that hearing heard another version.
    """
    from kientruc.api.comparing import are_related, as_of, diff
    from kientruc.cutting import known_on
    from kientruc.views.difference import difference
    from kientruc.views.words import day

    if before is None:
        return None
    if not are_related(before, architecture):
        raise UsageError("dossier.unrelated", old=before.head.id, new=architecture.head.id)
    filters: tuple[str, ...] = ()
    if heard:
        before = known_on(before, heard.date)
    version = architecture.records["versions"].get(heard.version or "") if heard else None
    if heard and (version is None or version.number == architecture.head.version):
        architecture = as_of(architecture, before, heard.date)
        filters = (text("difference.as-of", "vi", day=day(heard.date, "vi")),)
    return difference(diff(before, architecture, handed_round), before, architecture, ("", ""), "vi", filters)


def _spelt(paper: Document, profile: Profile) -> tuple[dict[str, bytes], tuple[Deviation, ...]]:
    """Write a paper in all formats, and read the DOCX back."""
    from kientruc.renderers.document.laid_out import lay_out

    try:
        from kientruc.linting import lint_docx
        from kientruc.renderers.document import docx, html, pdf

        laid = lay_out(paper, profile)
        files = {
            f"{paper.id}.docx": docx.render(laid, pdf.pages(laid)),
            f"{paper.id}.html": html.render(laid),
            f"{paper.id}.pdf": pdf.render(laid),
        }
    except ImportError:
        raise UsageError("cli.no-papers") from None
    return files, lint_docx(files[f"{paper.id}.docx"], profile)
