"""The commands that check: `kientruc check` prints what it finds, `kientruc build` writes everything there is."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import (
    ALL,
    FAILED,
    FINDINGS,
    FINE,
    OFFICIALS,
    PRINTED,
    READERS,
    Progress,
    choice,
    not_to_terminal,
    opened,
    print_loading,
    print_refused,
    put,
    renew_schema,
    shown,
    words,
)
from kientruc.cli.fixing import fixed
from kientruc.errors import UsageError
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Report
    from kientruc.loading import Loaded
    from kientruc.review import Review

FEW = 3  # points told of what one requirement waits for; `--only` tells more
FAIL_ON = ("never", "info", "minor", "major", "blocker", "must")


def add_checking(app: typer.Typer, lang: str) -> None:
    """Add the commands."""
    says = words(lang)
    file_argument = typer.Argument(help=says("option.file"), metavar="FILE")
    lang_option = typer.Option("--lang", help=says("option.lang"), metavar="vi|en")
    edition_option = typer.Option("--edition", help=says("option.edition"), metavar="ID")
    waivers_option = typer.Option("--waivers", help=says("option.waivers"), metavar="FILE")
    answers_option = typer.Option("--answers", help=says("option.answers"), metavar="FILE")
    baseline_option = typer.Option("--baseline", help=says("option.baseline"), metavar="FILE")
    on_option = typer.Option("--on", help=says("option.on"), metavar="DATE")
    limit_option = typer.Option("--max-elements", help=says("option.max_elements"), min=0)
    fail_option = typer.Option("--fail-on", help=says("option.fail_on"), metavar="|".join(FAIL_ON))
    File = Annotated[Path, file_argument]
    Lang = Annotated[str, lang_option]
    Editions = Annotated[list[str] | None, edition_option]
    Waivers = Annotated[Path | None, waivers_option]
    Answers = Annotated[Path | None, answers_option]
    Baseline = Annotated[Path | None, baseline_option]
    On = Annotated[str, on_option]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    MaxElements = Annotated[int, limit_option]
    default_file = Path("architecture.yaml")

    @app.command(help=says("build"))
    def build(
        file: File = default_file,
        out: Annotated[Path | None, typer.Option("-o", "--out", help=says("option.out"), metavar="DIR")] = None,
        edition: Editions = None,
        on: On = "",
        waivers: Waivers = None,
        answers: Answers = None,
        baseline: Baseline = None,
        fail_on: Annotated[str, fail_option] = "never",
        keep: Annotated[str, typer.Option("--keep", help=says("option.keep"), metavar="stop|beside")] = "stop",
        access: Access = OFFICIALS,
        max_elements: MaxElements = 0,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--fail-on", fail_on, FAIL_ON)
        choice("--keep", keep, ("stop", "beside"))
        out = out or Path(api.folder("out", access))
        progress = Progress(lang)
        progress("load")
        file = api.root_file(file)
        review = api.review(file, waivers, answers, baseline)
        if review.findings:
            return print_refused(review, lang)
        file, loaded, code = opened(file, lang, max_elements, access)
        if loaded.architecture is None:
            print(text("cli.not-built", lang, folder=str(out)), file=sys.stderr)
            return code
        found = shown(loaded, access, file, lang)
        reports = api.check_all(loaded, edition or (), api.day(on, loaded), review)
        told = found.reports(reports)
        written = api.build(found.loaded, told, out, lang, keep, progress)
        for kept, beside in written.beside:
            print(text("cli.beside", lang, path=kept, beside=beside))
        if written.removed:
            print(text("cli.removed", lang, paths=", ".join(written.removed)))
        for picture, paper in written.small:
            print(text("cli.small-text", lang, picture=picture, paper=paper), file=sys.stderr)
        for report in told:
            print_summary(report, lang, report is told[-1])
        print_notes(told, review, lang)
        key = "cli.built" if written.changed else "cli.built-unchanged"
        print(
            text(
                key,
                lang,
                count=written.files,
                folder=str(out),
                report=str(out / dict(written.beside).get(written.report, written.report)),
            )
        )
        return FINDINGS if any(api.fails(report, fail_on) for report in reports) else FINE

    @app.command(help=says("check"))
    def check(
        file: File = default_file,
        edition: Editions = None,
        on: On = "",
        waivers: Waivers = None,
        answers: Answers = None,
        baseline: Baseline = None,
        only: Annotated[list[str] | None, typer.Option("--only", help=says("option.only"), metavar="ID")] = None,
        fail_on: Annotated[str, fail_option] = "must",
        format: Annotated[
            str,
            typer.Option(
                "--format", help=says("option.format"), metavar="text|json|sarif|sarif-github|junit|md|csv|xlsx"
            ),
        ] = "",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        watch: Annotated[bool, typer.Option("--watch", help=says("option.watch"))] = False,
        poll: Annotated[bool, typer.Option("--poll", help=says("option.poll"))] = False,
        fix: Annotated[bool, typer.Option("--fix", help=says("option.fix"))] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=says("option.fix_dry_run"))] = False,
        access: Access = ALL,
        max_elements: MaxElements = 0,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--fail-on", fail_on, FAIL_ON)
        choice("--access", access, api.ACCESS)
        format = api.result_format(format, to)
        choice("--format", format, ("text", *api.RESULT_FORMATS))
        not_to_terminal(format, to)
        file = api.root_file(file)
        if watch or poll:
            from kientruc.cli.watching import watch as stay
            from kientruc.serving.session import Asked

            if format != "text" or access != ALL or fix:
                raise UsageError("cli.watch-text")
            given = (tuple(edition or ()), on, tuple(only or ()), waivers, answers, baseline)
            return stay(Asked(file, api.limits(max_elements), *given), poll, lang)
        review = api.review(file, waivers, answers, baseline)
        if review.findings:
            return print_refused(review, lang)
        loaded = fixed(file, api.load(file, api.limits(max_elements)), fix, dry_run, format, lang)
        if not dry_run:
            renew_schema(file, loaded, lang)
        reports = api.check_all(loaded, edition or (), api.day(on, loaded), review, only or ())
        if loaded.architecture is None and access != ALL:
            print_loading(loaded, file, lang, sys.stderr)
            return FAILED if loaded.refused else FINDINGS
        found = shown(loaded, access, file, lang)
        told = found.reports(reports)
        if format == "text":
            if found.is_whole:
                print_loading(loaded, file, lang)
                if not fix and api.may_be_fixed(loaded) and (count := len(api.fix(file, loaded).done)):
                    print(text("fix.hint", lang, count=count), file=sys.stderr)
            for report in told if loaded.architecture else told[:1]:
                print_outcomes(loaded, report, file, lang, report is told[-1])
            print_notes(told, review, lang)
        else:
            put(api.spell_results(found.loaded, told, format, lang, file), to, api.RESULT_FORMATS[format])
        if loaded.refused:
            return FAILED
        return FINDINGS if any(api.fails(report, fail_on) for report in reports) else FINE


def print_outcomes(loaded: "Loaded", report: "Report", root: Path, lang: str, last: bool) -> None:
    """Print what failed against one edition, and the summary."""
    from kientruc import api

    if loaded.architecture is None:
        print(text("text.not-evaluated", lang))
        return
    remarks, count = api.outcome_remarks(report, lang, PRINTED)
    for line in api.terminal(remarks, lang, root):
        print(line)
    if count > PRINTED:
        print(text("text.more", lang, count=count - PRINTED))
    print_summary(report, lang, last, PRINTED if report.result.partial else FEW, root)


def print_notes(reports: "Sequence[Report]", review: "Review", lang: str) -> None:
    """Print what there is to say of the reviewer's files."""
    from kientruc import api

    for note, path in api.note_remarks(reports, review, lang):
        for line in api.terminal((note,), lang, path):
            print(line)


def print_summary(
    report: "Report", lang: str, last: bool, most: int = 0, root: Path = Path("architecture.yaml")
) -> None:
    """Print verdict and counts, and of what each requirement waits for at most so many points."""
    from kientruc import api

    for line in api.summary(report, lang, last, most, root):
        print(line)
