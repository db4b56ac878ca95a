"""What is written of a checked architecture: one format of results, one picture, or the whole folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kientruc import __version__
from kientruc.api.checking import Report, model_sha256
from kientruc.api.drawing import MOST_BLOCKS, sheet, spell_scenes
from kientruc.api.exploring import explorer
from kientruc.errors import UsageError
from kientruc.loading import Loaded
from kientruc.messages import LANGUAGES, text
from kientruc.reading.limits import DEFAULT

if TYPE_CHECKING:
    from kientruc.frameworks import Edition
    from kientruc.model.architecture import Architecture
    from kientruc.result import CheckResult
    from kientruc.views.report import Provenance

# The formats of results and how many first bytes tell a file of each from what somebody else wrote.
RESULT_FORMATS = {"json": 18, "sarif": 64, "sarif-github": 64, "junit": 50, "md": 22, "csv": 12, "xlsx": 14}


RESULT_SUFFIXES = {
    **{".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "md", ".csv": "csv", ".xlsx": "xlsx"},
}


class Built(NamedTuple):
    """What a build left in its folder."""

    files: int
    changed: int
    report: str
    beside: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    small: tuple[tuple[str, str], ...]  # pictures and papers on which letters are too small to read, or nothing fits


def findings_json(loaded: Loaded, reports: Report | Sequence[Report]) -> str:
    """Give findings.json: one architecture, the results of one or several editions.

    Example:
        >>> json.loads(api.findings_json(loaded, report))["results"][0]["verdict"]
        'undetermined'
    """
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


def spell_results(
    loaded: Loaded,
    reports: Sequence[Report],
    format: str,
    lang: str = "vi",
    root: Path = Path("architecture.yaml"),
) -> bytes:
    """Spell the results of one or several editions in one of `RESULT_FORMATS`.

    Args:
        reports: one for each edition.
        root: the root file as the user named it. Formats for build servers give paths from where the user stands, if
            the root lies below; tables and JSON, which travel, from the root's folder.
    Raises:
        UsageError: the XLSX extra is not installed.
    Example:
        >>> api.spell_results(loaded, [report], "csv").decode("utf-8-sig")[:9]
        '"edition"'
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


def build(
    loaded: Loaded,
    reports: Report | Sequence[Report],
    folder: Path,
    lang: str = "vi",
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
    Example:
        >>> written = api.build(small, api.check(small), folder / "out")
        >>> written.report
        'bao-cao.html'
    """
    from kientruc.renderers.folder import write
    from kientruc.renderers.model_json import sha256
    from kientruc.views.access_marks import readers_of

    tell = progress or (lambda step, **values: None)
    several = _several(reports)
    architecture, checked = _checked(several)
    tell("draw")
    outputs, name, small = drawn(loaded, several, lang)
    outputs["findings.json"] = findings_json(loaded, several).encode()
    tell("write")
    about = {
        "tool": f"kientruc {__version__}",
        "architecture": {"id": architecture.head.id, "model_sha256": sha256(architecture)},
        **({"access": readers} if (readers := readers_of(architecture)) else {}),
        "editions": [{"id": one.id, "sha256": one.sha256} for one, _ in checked],
        "on": several[0].result.on.isoformat() if several[0].result.on else None,
        "inputs": dict(architecture.sources_sha256),
        "reviewer": {name: value for name, value in several[0].result.hashes.items() if name != "edition"},
    }
    others = [text(key, other) for other in LANGUAGES for key in ("report.file", "explorer.file")]
    written = write(folder, outputs, about, keep, others)
    return Built(len(outputs), written.changed, name, written.beside, written.removed, small)


def drawn(
    loaded: Loaded, reports: Sequence[Report], lang: str
) -> tuple[dict[str, bytes], str, tuple[tuple[str, str], ...]]:
    """Draw the whole output but the findings: report, model, pictures, explorer.

    Returns:
        The files by name, the name of the report, and what is too small to read, as in `Built`.
    """
    from kientruc.renderers import model_json

    outputs, name, small = reported(loaded, reports, lang)
    outputs[text("explorer.file", lang)] = explorer(loaded, reports, lang, name).encode()
    outputs["model.json"] = model_json.render(_checked(reports)[0])
    return outputs, name, small


def reported(
    loaded: Loaded, reports: Sequence[Report], lang: str
) -> tuple[dict[str, bytes], str, tuple[tuple[str, str], ...]]:
    """Draw the report and the pictures that stand in it; as `drawn`."""
    from kientruc.renderers import html_report
    from kientruc.renderers.layered_parts import PAPERS
    from kientruc.views.report import report as make_view

    architecture, checked = _checked(reports)
    view = make_view(architecture, checked, provenance(loaded, reports, lang), lang)
    outputs: dict[str, bytes] = {}
    inline: list[str] = []
    small: list[tuple[str, str]] = []
    for picture in view.pictures:
        for paper in PAPERS.values():
            scene = sheet(picture, paper) if picture.blocks <= MOST_BLOCKS else None
            if scene is None or not scene.is_readable:
                small.append((picture.id, paper.name))
            if scene:
                for format in ("svg", "png"):
                    outputs[f"pictures/{picture.id}-{paper.name}.{format}"] = spell_scenes((scene,), format)[0]
        slide = outputs.get(f"pictures/{picture.id}-slide.svg", b"")
        inline.append(slide.decode())
    name = text("report.file", lang)
    outputs[name] = html_report.render(view, tuple(inline)).encode()
    return outputs, name, tuple(small)


def _checked(reports: Sequence[Report]) -> tuple[Architecture, list[tuple[Edition, CheckResult]]]:
    architecture = reports[0].architecture
    checked = [(one.edition, one.result) for one in reports if one.edition]
    if architecture is None or not checked:
        raise ValueError("an architecture that did not load cannot be built")
    return architecture, checked


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
