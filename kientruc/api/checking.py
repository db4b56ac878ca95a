"""Load, check, and tell what was found; the reviewer's files beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.errors import UsageError, no_file, no_root
from kientruc.finding import Change, Finding, Severity
from kientruc.frameworks import Edition, Standing, edition_ids
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import LANGUAGES, text
from kientruc.model.architecture import Architecture
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.renderers import terminal as _terminal
from kientruc.result import CheckResult, Status, Verdict
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.review import Review
    from kientruc.review.baseline import Baseline
    from kientruc.validators.packs import Linted


@dataclass(frozen=True, slots=True)
class Report:
    """A checked architecture: the result, and what it was checked against. If loading failed, only the result."""

    result: CheckResult
    architecture: Architecture | None = None
    edition: Edition | None = None


def limits(elements: int) -> Limits:
    """Give the limits for an architecture of so many elements; the usual ones for 0.

    Example:
        >>> api.limits(400_000).elements
        400000
    """
    if not elements:
        return DEFAULT
    size = max(DEFAULT.file_bytes, elements * 2048)
    return replace(
        DEFAULT,
        elements=elements,
        relations=max(DEFAULT.relations, elements * 6),
        nodes=max(DEFAULT.nodes, elements * 80),
        file_bytes=size,
        total_bytes=max(DEFAULT.total_bytes, size * 2),
    )


def day(words: str, loaded: Loaded) -> date | None:
    """Read the day of --on: empty for the data cut-off, `today` for the clock, else year-month-day."""
    if not words:
        return loaded.architecture.cut_off if loaded.architecture else None
    return some_day(words)


def some_day(words: str, option: str = "--on") -> date:
    """Read a day: `today` for the clock, in any language, else year-month-day.

    Raises:
        UsageError: it is neither; a day that is written in another order is given back as it has to be written.
    """
    if words.casefold() in {text("word.today", lang) for lang in LANGUAGES}:
        return date.today()
    try:
        return date.fromisoformat(words)
    except ValueError:
        from kientruc.loading.mistakes import meant_day

        if meant := meant_day(words):
            raise UsageError("cli.day-form", option=option, found=words, day=meant) from None
        raise UsageError("cli.bad-day", option=option, found=words) from None


def edition(id: str) -> Edition:
    """Load an edition of the framework.

    Raises:
        UsageError: there is none of that id.
    Example:
        >>> edition = api.edition("qgs-1425")
        >>> edition.about.name.vi
        'Khung kiến trúc tổng thể quốc gia số, phiên bản 1.0 (Quyết định 1425/QĐ-TTg)'
    """
    from kientruc.validators.run import edition as load

    known = edition_ids()
    if id not in known:
        raise UsageError("cli.unknown-edition", found=id, nearest=nearest(id, known), allowed=", ".join(known))
    return load(id)


def review(
    root: Path, waivers: Path | None = None, answers: Path | None = None, baseline: Path | None = None
) -> Review:
    """Read what the reviewer brings; what is wrong with it is in its findings, and then it may not be used.

    Args:
        root: the root file of what is checked.
    Raises:
        UsageError: one of the files is not there.
    Example:
        >>> api.review(root).findings
        ()
    """
    from kientruc.review import read

    return read(waivers, answers, baseline, root.parent)


def check(loaded: Loaded, edition_id: str = "", on: date | None = None) -> Report:
    """Check an architecture against an edition, by default the one it declares, on a day, by default its cut-off.

    Example:
        >>> report = api.check(loaded, "qgs-1425")
        >>> report.result.edition, report.result.verdict.value
        ('qgs-1425', 'undetermined')
    """
    return check_all(loaded, (edition_id,), on)[0]


def check_all(
    loaded: Loaded,
    edition_ids: Sequence[str] = (),
    on: date | None = None,
    review: Review | None = None,
    only: Collection[str] = (),
) -> tuple[Report, ...]:
    """Check an architecture against several editions, each by itself.

    Args:
        edition_ids: in the order of the reports; none, or "", for the one it declares.
        on: by default the architecture's cut-off.
        review: the reviewer's waivers, answers and baseline.
        only: ids of the requirements to run. A run that leaves any out claims no conformity.
    Returns:
        One report for each edition, at least one.
    Raises:
        UsageError: an edition, or a requirement in `only`, does not exist; the baseline is of another edition.
        ValueError: the files of the reviewer have findings.
    Example:
        >>> reports = api.check_all(loaded, ("cpdt-1.0", "qgs-1425"))
        >>> [one.result.verdict.value for one in reports]
        ['undetermined', 'undetermined']
    """
    from kientruc.review import Review

    given = review or Review()
    if given.findings:
        raise ValueError("the files of the reviewer cannot be used")
    loading = given.baseline.marked(loaded.findings) if given.baseline else loaded.findings
    architecture = loaded.architecture
    if architecture is None:
        ids = tuple(dict.fromkeys(edition_ids)) or ("",)
        failed = CheckResult("", on, Verdict.NOT_EVALUATED, (), loading, given.hashes)
        return tuple(Report(replace(failed, edition=id)) for id in ids)
    from kientruc.validators.run import run

    ids = tuple(dict.fromkeys(id or architecture.head.edition for id in edition_ids or ("",)))
    editions = tuple(edition(id) for id in ids)
    _check_only(only, editions)
    model = model_sha256(architecture) if given.answers else ""
    reports = []
    for against in editions:
        result = run(architecture, against, on or architecture.cut_off, given, only, frozenset(ids), model)
        notes = (*_undeclared(architecture, ids), *result.notes)
        result = _compared(replace(result, loading=loading, notes=notes), given.baseline)
        reports.append(Report(result, architecture, against))
    return tuple(reports)


def _undeclared(architecture: Architecture, ids: Collection[str]) -> Iterator[Finding]:
    """Tell that the edition an architecture declares is not the one it is checked against."""
    declared = architecture.head.edition
    if declared not in ids:
        yield Finding("R-DECLARED", None, {"declared": declared, "editions": ", ".join(ids)}, severity=Severity.INFO)


def _check_only(only: Collection[str], editions: Iterable[Edition]) -> None:
    known = {id for one in editions for id in one.requirements}
    for id in only:
        if id not in known:
            raise UsageError("cli.unknown-requirement", found=id, nearest=nearest(id, known))


def _compared(result: CheckResult, baseline: Baseline | None) -> CheckResult:
    if baseline is None:
        return result
    from kientruc.review.baseline import compare

    earlier = baseline.editions.get(result.edition)
    if earlier is None:
        there = ", ".join(sorted(baseline.editions)) or "–"
        raise UsageError("cli.baseline-edition", edition=result.edition, there=there)
    return compare(result, earlier)


def model_sha256(architecture: Architecture) -> str:
    """Give the hash of the model, to which answers are bound."""
    from kientruc.renderers import model_json

    return model_json.sha256(architecture)


def fails(report: Report, threshold: str) -> bool:
    """Tell whether a result reaches a threshold of --fail-on; findings of loading count as they weigh.

    Where there is a baseline, only what is new counts. An architecture that could not be read is never excused.

    Example:
        >>> api.fails(report, "must")
        False
    """
    if threshold == "never":
        return False
    result = report.result
    weights = [one.severity for one in result.loading if report.edition is None or one.change is not Change.UNCHANGED]
    failed = [one for one in result.requirements if one.status in (Status.FAIL, Status.ERROR)]
    if result.compared:
        failed = [one for one in failed if one.new]
    if threshold == "must":
        binding = report.edition and any(report.edition.requirements[one.requirement].binds for one in failed)
        return bool(binding) or Severity.BLOCKER in weights
    weights += [one.severity for one in failed]
    return any(weight.rank <= Severity(threshold).rank for weight in weights)


def loading_remarks(loaded: Loaded | Linted, lang: str = "vi") -> list[Remark]:
    """Put the findings of loading, or of a pack, into words.

    Example:
        >>> broken = api.load_text("format: kientruc/2")
        >>> [(one.code, one.place.line) for one in api.loading_remarks(broken, "en")]
        [('M-NOHEAD', 1), ('M-FORMAT', 1)]
    """
    return [remark(finding, lang) for finding in loaded.findings]


def outcome_remarks(report: Report, lang: str, most: int) -> tuple[tuple[Remark, ...], int]:
    """Put what failed a requirement into words, the binding and heaviest first.

    Returns:
        At most so many remarks, and how many there are in all.
    """
    if report.architecture is None or report.edition is None:
        return (), 0
    from kientruc.views.conformance import remarks

    counts = (one.counts.get(status, 0) for one in report.result.requirements for status in (Status.FAIL, Status.ERROR))
    found = remarks(report.architecture, report.edition, report.result, lang)
    return tuple(islice(found, most)), sum(counts)


def review_remarks(review: Review, lang: str) -> Iterator[tuple[Remark, Path]]:
    """Put what is wrong with the reviewer's files into words, each with the file as the reviewer named it."""
    return ((remark(finding, lang), review.path_of(finding)) for finding in review.findings)


def note_remarks(reports: Iterable[Report], review: Review, lang: str) -> Iterator[tuple[Remark, Path]]:
    """Put the notes on the reviewer's files into words, each once, with the file as the reviewer named it."""
    notes = {(note.code, review.path_of(note), note.order): note for one in reports for note in one.result.notes}
    for (_, path, _), note in notes.items():
        yield remark(note, lang), path


def terminal(remarks: Iterable[Remark], lang: str, root: Path) -> Iterator[str]:
    """Spell remarks for a terminal, with paths as they are seen from where the user stands."""
    return _terminal.lines(remarks, lang, _base(root))


def _base(root: Path) -> str:
    base = root.parent.as_posix()
    return "" if base == "." else f"{base.removesuffix('/')}/"


def root_file(path: Path) -> Path:
    """Find the root file a user means: the file itself, or `architecture.yaml` in a folder.

    Raises:
        UsageError: there is no such file.
    """
    found = path / "architecture.yaml" if path.is_dir() else path
    if not found.exists() and not found.is_symlink():
        raise no_root(found)
    return found


def is_there(path: Path) -> None:
    """See that something lies under a path.

    Raises:
        UsageError: nothing does.
    """
    if not path.exists() and not path.is_symlink():
        raise no_file(path, "*")


def summary(
    report: Report, lang: str = "vi", last: bool = True, most: int = 0, root: Path = Path("architecture.yaml")
) -> list[str]:
    """Give the lines that end a check: verdict, counts, what the reviewer's files did, what is unknown.

    Args:
        last: whether no other edition follows; what is unknown is the same for all, and told once.
        most: points told, with their lines, of what each requirement waits for.
        root: the root file as the user named it.
    Example:
        >>> api.summary(report)[1]
        '  Phải (luật của ngày đó): Chưa đủ cơ sở đánh giá 6, Không áp dụng 3'
    """
    if report.architecture is None or report.edition is None or report.result.on is None:
        return [text("text.not-evaluated", lang)]
    from kientruc.model.unknown_values import count_unknowns
    from kientruc.views.access_marks import notice
    from kientruc.views.conformance import counts, partial, verdict_words
    from kientruc.views.reviewed import summary as review_summary
    from kientruc.views.waiting import waiting
    from kientruc.views.words import day as words_of

    verdict = verdict_words(report.edition, report.result, lang)
    on = words_of(report.result.on, lang)
    heading = partial(report.result, lang)
    lines = [heading] if heading else []
    lines.append(text("text.verdict", lang, edition=report.edition.about.name.in_(lang), on=on, verdict=verdict))
    standing, days = report.edition.about.standing(report.result.on), report.edition.about.in_force
    other = (days.from_ if standing is Standing.NOT_YET else days.until) or report.result.on
    if standing in (Standing.NOT_YET, Standing.NO_LONGER):
        lines.append(
            f"  {text('text.standing', lang, standing=text(f'standing.{standing.value}', lang), on=on, day=other)}"
        )
    lines += (f"  {line}" for line in counts(report.edition, report.result, lang))
    waits = waiting(report.architecture, report.edition, report.result, lang, most)
    lines += _terminal.waiting(waits, lang, _base(root))
    lines += review_summary(report.edition, report.result, lang)
    if last:
        unknown = count_unknowns(report.architecture)
        lines += [text("text.unknowns", lang, count=unknown)] if unknown else []
        lines += filter(None, (notice(report.architecture, lang),))
    return lines
