"""The one door: load, check, view, render; what the command line, notebooks, servers and tests call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.errors import UsageError
from kientruc.finding import Change, Finding, Severity
from kientruc.frameworks import Edition, Standing, edition_ids
from kientruc.loading import Loaded, load, load_text
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.renderers import terminal as _terminal
from kientruc.renderers.folder import write_one
from kientruc.result import CheckResult, Status, Verdict
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.editing.patch import Edited, Patch
    from kientruc.editing.refused import EditRefused
    from kientruc.refactoring.rename import Renamed
    from kientruc.review import Review
    from kientruc.review.baseline import Baseline
    from kientruc.validators.packs import Linted
    from kientruc.views.migration import Migration
    from kientruc.views.report import Provenance

__all__ = ["Limits", "Loaded", "Report", "build", "check", "check_all", "load", "load_text", "write_one"]

PICTURES = ("layered", "layered-observed")
SMALLEST_PX = 12.0  # the design's smallest reading size on a slide
PNG_WIDTH = 1920  # a full screen, in pixels
MOST_BLOCKS = 400  # more are not drawn: nobody could read them
# The formats of results and how many first bytes tell a file of each from what somebody else wrote.
RESULT_FORMATS = {"json": 18, "sarif": 64, "sarif-github": 64, "junit": 50, "md": 22, "csv": 12, "xlsx": 14}
MIGRATION_FORMATS = ("text", "md", "json")
RESULT_SUFFIXES = {
    **{".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "md", ".csv": "csv", ".xlsx": "xlsx"},
}


@dataclass(frozen=True, slots=True)
class Report:
    """A checked architecture: the result, and what it was checked against. If loading failed, only the result."""

    result: CheckResult
    architecture: Architecture | None = None
    edition: Edition | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build left in its folder."""

    files: int
    changed: int
    report: str
    beside: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    small: tuple[tuple[str, str], ...]  # pictures and papers on which letters are too small to read, or nothing fits


def limits(elements: int) -> Limits:
    """Give the limits for an architecture of so many elements; the usual ones for 0."""
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
    try:
        return date.today() if words == "today" else date.fromisoformat(words)
    except ValueError:
        raise UsageError("cli.bad-day", found=words) from None


def edition(id: str) -> Edition:
    """Load an edition of the framework.

    Raises:
        UsageError: there is none of that id.
    """
    from kientruc.validators.run import edition as load

    known = edition_ids()
    if id not in known:
        near = _near(nearest(id, known), "vi")
        raise UsageError("cli.unknown-edition", found=id, near=near, allowed=", ".join(known))
    return load(id)


def review(
    root: Path, waivers: Path | None = None, answers: Path | None = None, baseline: Path | None = None
) -> Review:
    """Read what the reviewer brings; what is wrong with it is in its findings, and then it may not be used.

    Args:
        root: the root file of what is checked.
    Raises:
        UsageError: one of the files is not there.
    """
    from kientruc.review import read

    return read(waivers, answers, baseline, root.parent)


def check(loaded: Loaded, edition_id: str = "", on: date | None = None) -> Report:
    """Check an architecture against an edition, by default the one it declares, on a day, by default its cut-off."""
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
            raise UsageError("cli.unknown-requirement", found=id, near=nearest(id, known))


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


def loading_remarks(loaded: Loaded | Linted, lang: str) -> list[Remark]:
    """Put the findings of loading, or of a pack, into words."""
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
    base = root.parent.as_posix()
    return _terminal.lines(remarks, lang, "" if base == "." else f"{base.removesuffix('/')}/")


def root_file(path: Path) -> Path:
    """Find the root file a user means: the file itself, or `architecture.yaml` in a folder.

    Raises:
        UsageError: there is no such file.
    """
    found = path / "architecture.yaml" if path.is_dir() else path
    if not found.exists() and not found.is_symlink():
        near = sorted(other.name for other in found.parent.glob("*.yaml"))[:5] if found.parent.is_dir() else []
        raise UsageError("cli.no-file", path=str(found), there=", ".join(near) or "–")
    return found


def picture_format(format: str, to: Path | None) -> str:
    """Tell what to draw: as asked, else as the suffix of the file says, else SVG."""
    return format or (to.suffix[1:].lower() if to and to.suffix[1:].lower() in ("svg", "png") else "svg")


def summary(report: Report, lang: str, last: bool = True) -> list[str]:
    """Give the lines that end a check: verdict, counts, what the reviewer's files did, what is unknown.

    Args:
        last: whether no other edition follows; what is unknown is the same for all, and told once.
    """
    if report.architecture is None or report.edition is None or report.result.on is None:
        return [text("text.not-evaluated", lang)]
    from kientruc.views.conformance import counts, partial
    from kientruc.views.reviewed import summary as review_summary
    from kientruc.views.unknown_values import count_unknowns
    from kientruc.views.words import day as words_of

    verdict = text(f"verdict.{report.result.verdict.value}", lang)
    on = words_of(report.result.on, lang)
    heading = partial(report.result, lang)
    lines = [heading] if heading else []
    lines.append(text("text.verdict", lang, edition=report.edition.about.name.in_(lang), on=on, verdict=verdict))
    standing = report.edition.about.standing(report.result.on)
    if standing in (Standing.NOT_YET, Standing.NO_LONGER):
        lines.append(f"  {text('text.standing', lang, standing=text(f'standing.{standing.value}', lang), on=on)}")
    lines += (f"  {line}" for line in counts(report.edition, report.result, lang))
    lines += review_summary(report.edition, report.result, lang)
    unknown = count_unknowns(report.architecture) if last else 0
    return [*lines, text("text.unknowns", lang, count=unknown)] if unknown else lines


def findings_json(loaded: Loaded, reports: Report | Sequence[Report]) -> str:
    """Give findings.json: one architecture, the results of one or several editions."""
    from kientruc.renderers import findings_json as renderer

    several = _several(reports)
    checked = [(one.result, one.edition) for one in several]
    return renderer.render(checked, __version__, several[0].architecture, loaded.files, loaded.limits, loaded.more)


def _several(reports: Report | Sequence[Report]) -> Sequence[Report]:
    return (reports,) if isinstance(reports, Report) else reports


def result_format(format: str, to: Path | None) -> str:
    """Tell how to spell results: as asked, else as the suffix of the file says, else as text.

    Raises:
        UsageError: text is to be written to a file.
    """
    found = format or (RESULT_SUFFIXES.get(to.suffix.lower(), "text") if to else "text")
    if found == "text" and to:
        raise UsageError("cli.text-to", allowed=", ".join(RESULT_FORMATS))
    return found


def spell_results(loaded: Loaded, reports: Sequence[Report], format: str, lang: str, root: Path) -> bytes:
    """Spell the results of one or several editions in one of `RESULT_FORMATS`.

    Args:
        reports: one for each edition.
        root: the root file as the user named it. Formats for build servers give paths from where the user stands, if
            the root lies below; tables and JSON, which travel, from the root's folder.
    Raises:
        UsageError: the XLSX extra is not installed.
    """
    if format == "json":
        return findings_json(loaded, reports).encode()
    from kientruc.renderers import junit, outcomes_csv, sarif, summary_md
    from kientruc.views.outcomes import results

    inputs = {file.path: file.sha256 for file in loaded.files}
    below = not root.is_absolute() and ".." not in root.parts
    base = "".join(f"{part}/" for part in root.parent.parts) if below and format not in ("csv", "xlsx") else ""
    found = results(reports, inputs, loaded.more, __version__, lang, base)
    match format:
        case "sarif" | "sarif-github":
            return sarif.render(found, alerts=format == "sarif-github").encode()
        case "junit":
            return junit.render(found).encode()
        case "md":
            return summary_md.render(found).encode()
        case "csv":
            return outcomes_csv.render(found)
    try:
        from kientruc.renderers import outcomes_xlsx
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    return outcomes_xlsx.render(found)


def write_results(path: Path, data: bytes, format: str) -> None:
    """Write results to a file that the user named.

    Raises:
        OutputError: see `write_one`.
    """
    write_one(path, data, RESULT_FORMATS[format])


def picture(architecture: Architecture, name: str, format: str, paper: str, lang: str) -> bytes:
    """Draw a picture: SVG text in UTF-8, or PNG.

    Raises:
        UsageError: there is no such picture, or the PNG extra is not installed.
        OutputError: it holds more than can be drawn.
    """
    from kientruc.renderers import layered_svg
    from kientruc.renderers.layered_parts import PAPERS
    from kientruc.views.layered import layered

    if name not in PICTURES:
        raise UsageError(
            "cli.unknown-view", found=name, near=_near(nearest(name, PICTURES), lang), allowed=", ".join(PICTURES)
        )
    view = layered(architecture, lang, observed=name == "layered-observed")
    svg = layered_svg.render(view, PAPERS[paper])
    return svg.encode() if format == "svg" else _png(svg, PAPERS[paper].width)


def _png(svg: str, width: int) -> bytes:
    try:
        from kientruc.renderers import png

        return png.render(svg, max(PNG_WIDTH, width))
    except ImportError:
        raise UsageError("cli.no-png") from None


def build(
    loaded: Loaded,
    reports: Report | Sequence[Report],
    folder: Path,
    lang: str,
    keep: str = "stop",
    progress: Callable[..., None] | None = None,
) -> Built:
    """Write the whole output: report, findings, model, pictures, manifest.

    Args:
        loaded: must hold an architecture.
        reports: one for each edition.
        keep: "stop" or "beside", for outputs that were edited by hand.
        progress: told of each step.
    Raises:
        OutputError: see `renderers.folder.write`; nothing is half-written.
    """
    from kientruc.renderers import html_report, layered_svg, model_json
    from kientruc.renderers.folder import write
    from kientruc.renderers.layered_parts import PAPERS
    from kientruc.views.report import report as make_view

    tell = progress or (lambda step, **values: None)
    several = _several(reports)
    architecture = several[0].architecture
    checked = [(one.edition, one.result) for one in several if one.edition]
    if architecture is None or not checked:
        raise ValueError("an architecture that did not load cannot be built")
    tell("draw")
    view = make_view(architecture, checked, provenance(loaded, several, lang), lang)
    outputs: dict[str, bytes] = {}
    inline: list[str] = []
    small: list[tuple[str, str]] = []
    for drawn in view.pictures:
        for paper in PAPERS.values():
            drawing = layered_svg.draw(drawn, paper) if drawn.blocks <= MOST_BLOCKS else None
            if drawing is None or drawing.effective_px < SMALLEST_PX:
                small.append((drawn.id, paper.name))
            if drawing:
                outputs[f"pictures/{drawn.id}-{paper.name}.svg"] = drawing.svg.encode()
                outputs[f"pictures/{drawn.id}-{paper.name}.png"] = _png(drawing.svg, paper.width)
        slide = outputs.get(f"pictures/{drawn.id}-slide.svg", b"")
        inline.append(slide.decode())
    name = text("report.file", lang)
    outputs[name] = html_report.render(view, tuple(inline)).encode()
    outputs["findings.json"] = findings_json(loaded, several).encode()
    outputs["model.json"] = model_json.render(architecture)
    tell("write")
    about = {
        "tool": f"kientruc {__version__}",
        "architecture": {"id": architecture.head.id, "model_sha256": model_json.sha256(architecture)},
        "editions": [{"id": one.id, "sha256": one.sha256} for one, _ in checked],
        "on": several[0].result.on.isoformat() if several[0].result.on else None,
        "inputs": dict(architecture.sources_sha256),
        "reviewer": {name: value for name, value in several[0].result.hashes.items() if name != "edition"},
    }
    written = write(folder, outputs, about, keep)
    return Built(len(outputs), written.changed, name, written.beside, written.removed, tuple(small))


def provenance(loaded: Loaded, reports: Sequence[Report], lang: str) -> Provenance:
    """Tell what decided a result: the tool, the files and their hashes, the editions, what the reviewer brought."""
    from kientruc.renderers.findings_json import inputs_sha256
    from kientruc.views.report import Provenance
    from kientruc.views.words import day as words_of

    result, architecture = reports[0].result, loaded.architecture
    usual = "report.limits-usual" if loaded.limits == DEFAULT else "report.limits-raised"
    reviewer = ((name, result.hashes[name]) for name in ("waivers", "answers", "baseline") if name in result.hashes)
    facts = [
        ("report.tool", f"kientruc {__version__}"),
        ("report.language", lang),
        ("report.on", words_of(result.on, lang) if result.on else "–"),
        *(("report.edition-hash", f"{one.edition.id} · sha256 {one.edition.sha256}") for one in reports if one.edition),
        ("report.inputs", f"sha256 {inputs_sha256(loaded.files)}"),
        *((("report.model", f"sha256 {model_sha256(architecture)}"),) if architecture else ()),
        *((f"given.{name}", f"sha256 {value}") for name, value in reviewer),
        ("report.scope", text("report.partial" if result.partial else "report.complete", lang)),
        ("report.limits", text(usual, lang, count=loaded.limits.elements)),
    ]
    files = sorted((one.path, str(one.size), one.sha256) for one in loaded.files)
    return Provenance(tuple((text(key, lang), value) for key, value in facts), tuple(files))


def rename(root: Path, loaded: Loaded, old: str, new: str, section: str = "") -> Renamed:
    """Rename an id in all files of an architecture; `patch.write(root.parent)` puts it on disk.

    Raises:
        UsageError, EditRefused: see `refactoring.rename`.
    """
    from kientruc.refactoring.rename import rename as rename_in

    return rename_in(root, loaded, old, new, section)


def fmt(loaded: Loaded) -> tuple[Patch, tuple[EditRefused, ...]]:
    """Tidy all files of an architecture without changing what they say, also where it is not right yet.

    Returns:
        The files that change, and the refusals of those that cannot be tidied.
    """
    from kientruc.editing.format import formatted
    from kientruc.editing.patch import Patch
    from kientruc.editing.refused import EditRefused

    done: list[Edited] = []
    refused: list[EditRefused] = []
    for file in sorted(loaded.files, key=lambda file: file.path):
        try:
            done.append(formatted(file))
        except EditRefused as error:
            refused.append(error)
    return Patch(tuple(edited for edited in done if edited.changed)), tuple(refused)


def unread_remarks(loaded: Loaded, lang: str) -> list[Remark]:
    """Put into words which files could not be read at all."""
    return [remark(finding, lang) for finding in loaded.findings if finding.code.startswith("I-")]


def show(architecture: Architecture, id: str, lang: str) -> str:
    """Spell the card of a record.

    Raises:
        UsageError: nothing has that id.
    """
    from kientruc.views.card import record_card

    record = architecture.find(id)
    if record is None:
        ids = [known for section in architecture.records.values() for known in section]
        raise UsageError("cli.unknown-id", found=id, near=_near(nearest(id, ids), lang))
    return _terminal.card(record_card(architecture, record, lang))


def explain(code: str, lang: str) -> str:
    """Spell the card of a requirement, a kind of check, an edition or a finding's code.

    Raises:
        UsageError: there is nothing of that name.
    """
    from kientruc.messages import has, keys
    from kientruc.views.card import code_card

    if has(f"finding.{code}", lang):
        return _terminal.card(code_card(code, lang))
    from kientruc.validators import explained

    shelf = [edition(id) for id in edition_ids()]
    card = explained.card(code, shelf, lang)
    if card is None:
        known = [key.removeprefix("finding.") for key in keys(lang) if key.startswith("finding.")]
        near = _near(nearest(code, [*known, *explained.names(shelf)]), lang)
        raise UsageError("cli.unknown-code", found=code, near=near)
    return _terminal.card(card)


def _near(name: str, lang: str) -> str:
    return text("phrase.near", lang, near=name) if name else "."


def schema(lang: str) -> str:
    """Give the JSON Schema of the format."""
    from kientruc.renderers import json_schema

    return json_schema.render(lang)


def editions(on: str, lang: str) -> list[str]:
    """List the editions, and how they stand on a day; "today" asks the clock, "" tells their days only."""
    from kientruc.renderers import editions_text
    from kientruc.views.editions import listed

    found = day(on, Loaded(None, (), ()))
    return list(editions_text.listing([listed(edition(id), found, lang) for id in edition_ids()], lang))


def lint(packs: tuple[str, ...], targets: tuple[str, ...] | None = None) -> list[tuple[str, Linted]]:
    """Read packs, each a folder or the id of an edition that ships; none named: all that ship.

    Args:
        targets: the editions to which crosswalks are read; None for all.
    Raises:
        UsageError: there is neither a folder nor an edition of that name.
    """
    from kientruc.validators.packs import lint as read

    return [(name, read(*_pack(name), targets=targets)) for name in packs or edition_ids()]


def _pack(name: str) -> tuple[Path, str | None]:
    from kientruc.frameworks.edition import EDITIONS

    if name in edition_ids():
        return EDITIONS / name, name
    if Path(name).is_dir():
        return Path(name), None
    known = edition_ids()
    near = _near(nearest(name, known), "vi")
    raise UsageError("cli.unknown-edition", found=name, near=near, allowed=", ".join(known))


def slip_lines(pack: Edition, lang: str) -> Iterator[str]:
    """Run the examples of a pack, and tell each that is not what it says."""
    from kientruc.validators.packs import try_examples

    for slip in try_examples(pack):
        span = pack.spans[slip.requirement]
        told = text(f"slip.{slip.code}", lang, example=slip.example, found=slip.found)
        yield f"{span.path}: {slip.requirement}: {told}"


def compare(old: Linted, new: Linted, loaded: Loaded | None, on: date | None, lang: str) -> list[str]:
    """Tell what changes from one edition to another, for one architecture too if there is one."""
    from kientruc.renderers import editions_text
    from kientruc.validators import packs
    from kientruc.views.editions import difference

    if old.edition is None or new.edition is None:
        raise ValueError("an edition that is refused cannot be compared")
    architecture = loaded.architecture if loaded else None
    results = packs.compare(old.edition, new.edition, architecture, on) if architecture else None
    view = difference(old.edition, new.edition, old.crosswalks.get(new.edition.id), results, lang)
    return list(editions_text.difference(view, lang))


def migrate(
    root: Path,
    loaded: Loaded,
    to: str,
    origin: str = "",
    on: date | None = None,
    declare: bool = False,
    lang: str = "vi",
) -> tuple[Migration, Patch]:
    """Plan the way of an architecture to another edition; `patch.write(root.parent)` puts it on disk.

    Args:
        loaded: must hold an architecture.
        to: the edition to go to.
        origin: the one to come from; "" for the one the architecture declares.
        on: the day for all results; None for the architecture's own, or an edition's first day where that is later.
        declare: whether the architecture declares the new edition from now on.
    Raises:
        UsageError: there is no such edition, or no crosswalk leads to it.
        EditRefused: a file cannot be edited.
    """
    from kientruc.frameworks.route import load_route
    from kientruc.refactoring.migrate import migrate as migrate_in
    from kientruc.refactoring.moves import moves
    from kientruc.validators import CHECKS, packs
    from kientruc.views.migration import Results, migration

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be moved")
    old, new = edition(origin or architecture.head.edition), edition(to)
    if old.id == new.id:
        raise UsageError("migrate.same", edition=old.id)
    route = load_route(old.id, new.id, CHECKS)
    if route is None:
        there = [id for id in edition_ids() if id != old.id and load_route(old.id, id, CHECKS)]
        raise UsageError("migrate.no-route", origin=old.id, target=new.id, there=", ".join(there) or "–")
    found = moves(architecture, old.words, new.words, route)
    migrated = migrate_in(root, loaded, found, new.id, declare)
    before = packs.compare(old, new, architecture, on)
    after = packs.compare(old, new, migrated.after, on)
    sources = {id: one for name in route.editions for id, one in edition(name).sources.items()}
    results = Results(before[0], after[0], before[1], after[1])
    view = migration(architecture, migrated.after, (old, new), sources, route, found, results, migrated.patch, lang)
    return view, migrated.patch


def migration_format(format: str, out: Path | None) -> str:
    """Tell how to spell a migration: as asked, else as the suffix of the file says, else as text."""
    found = out.suffix.lower()[1:] if out else ""
    return format or (found if found in MIGRATION_FORMATS else "text")


def spell_migration(view: Migration, format: str, lang: str) -> str:
    """Spell a migration in one of `MIGRATION_FORMATS`, with the diff at its end."""
    from kientruc.renderers import migration as renderer
    from kientruc.views.migration_sections import plan

    if format == "json":
        return renderer.data(view)
    if format == "md":
        return renderer.note(plan(view, lang), view.diff)
    return "\n".join((*renderer.lines(plan(view, lang)), view.diff))


def migration_left(view: Migration, lang: str) -> Iterator[str]:
    """Tell what remains to be decided after a migration was written."""
    from kientruc.renderers import migration as renderer
    from kientruc.views.migration_sections import left

    return renderer.lines(left(view, lang))
