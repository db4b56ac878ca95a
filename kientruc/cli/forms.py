"""The forms of the command line: `kientruc export mau03`, `kientruc import mau03`, `kientruc codes`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FINE, OFFICIALS, PRINTED, READERS, code_of, opened, put, shown, words
from kientruc.cli.surveys import add_survey_export, add_survey_import
from kientruc.cli.tables import add_tables
from kientruc.errors import UsageError
from kientruc.finding import Severity
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Received
    from kientruc.finding import Finding

COUNTED = {"objects": "elements", "contents": "contents", "tasks": "tasks"}


def add_forms(app: typer.Typer, lang: str) -> None:
    """Add the commands that fill the workbooks an edition prescribes."""
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Edition = Annotated[str, typer.Option("--edition", help=says("option.edition"), metavar="ID")]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    root, guide = Path("architecture.yaml"), "huong-dan-2026"
    group = typer.Typer(help=says("export"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="export")
    add_tables(group, lang)
    add_survey_export(group, lang)

    @group.command(help=says("export-mau03"))
    def mau03(
        file: File = root,
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.to"), metavar="FILE")] = Path("mau-03.xlsx"),
        template: Annotated[
            Path | None, typer.Option("--template", help=says("option.template"), metavar="FILE")
        ] = None,
        edition: Edition = guide,
        access: Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)] = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        api.by_suffix("", out, ("xlsx",))
        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            return code
        architecture = shown(loaded, access, file, lang).architecture
        if template is None:
            data = api.form_workbook(architecture, edition, lang)
        else:
            if out.exists() and template.exists() and out.samefile(template):
                raise UsageError("form.itself", path=str(out))
            filled = api.form_in_template(architecture, template, edition, lang)
            _print(filled.findings, template, lang)
            if not filled.data:
                print(text("form.refused", lang, count=len(filled.findings)), file=sys.stderr)
                return code_of(filled.findings)
            data = filled.data
        put(data, out, api.RESULT_FORMATS["xlsx"])
        print(text("form.written", lang, path=str(out)))
        without = len(api.assign_codes(loaded, edition).codes)
        if without:
            print(text("form.without-code", lang, count=without), file=sys.stderr)
        return FINE

    takes = typer.Typer(help=says("import"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(takes, name="import")
    add_survey_import(takes, lang)

    @takes.command("mau03", help=says("import-mau03"))
    def take(
        workbook: Annotated[Path, typer.Argument(help=says("option.workbook"), metavar="FILE.xlsx")],
        out: Annotated[Path | None, typer.Option("-o", "--out", help=says("option.new-folder"), metavar="DIR")] = None,
        into: Annotated[Path | None, typer.Option("--into", help=says("option.into-model"), metavar="FILE")] = None,
        name: Annotated[str, typer.Option("--name", help=says("option.name"), metavar="NAME")] = "",
        agency: Annotated[str, typer.Option("--agency", help=says("option.agency"), metavar="NAME")] = "",
        cut_off: Annotated[str, typer.Option("--cut-off", help=says("option.cut-off"), metavar="DATE")] = "",
        keep_going: Annotated[bool, typer.Option("--keep-going", help=says("option.keep-going"))] = False,
        remove: Annotated[bool, typer.Option("--remove-missing", help=says("option.remove-missing"))] = False,
        apply: Annotated[bool, typer.Option("--apply/--dry-run", help=says("option.apply"))] = False,
        edition: Edition = guide,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        if (out is None) == (into is None):
            raise UsageError("form.need-target")
        if into is not None:
            return _change(workbook, into, edition, remove, apply, lang)
        assert out is not None
        path = out / "architecture.yaml"
        if path.exists():
            raise UsageError("form.there", path=str(path))
        day = api.some_day(cut_off, "--cut-off") if cut_off else None
        received = api.receive_form(workbook, name, agency, day, edition)
        return _made(received, workbook, path, keep_going, lang)

    @app.command(help=says("codes"))
    def codes(
        file: File = root,
        edition: Edition = guide,
        apply: Annotated[bool, typer.Option("--apply/--dry-run", help=says("option.apply"))] = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            return code
        coded = api.assign_codes(loaded, edition)
        if apply:
            coded.patch.write(file.parent)
        else:
            sys.stdout.write(coded.patch.diff())
        count = {"count": len(coded.codes), "files": len(coded.patch.files)}
        print(text("form.coded" if apply else "form.would-code", lang, **count), file=sys.stderr)
        return FINE


def _change(workbook: Path, into: Path, edition: str, remove: bool, apply: bool, lang: str) -> int:
    from kientruc import api

    root, loaded, code = opened(into, lang)
    if loaded.architecture is None:
        return code
    found = api.form_changes(loaded, workbook, edition, remove)
    _print(found.findings, workbook, lang)
    if apply:
        found.patch.write(root.parent)
    else:
        sys.stdout.write(found.patch.diff())
    if any(one.refused for one in found.findings):
        print(text("form.refused", lang, count=len(found.findings)), file=sys.stderr)
        return code_of(found.findings)
    if not found.patch.files:
        print(text("form.unchanged", lang), file=sys.stderr)
        return code_of(found.findings)
    key = "form.changed" if apply else "form.would-change"
    counts = {"cells": found.cells, "new": len(found.new), "gone": len(found.gone)}
    print(text(key, lang, files=len(found.patch.files), **counts), file=sys.stderr)
    return code_of(found.findings)


def _made(received: "Received", workbook: Path, path: Path, keep_going: bool, lang: str) -> int:
    from kientruc import api

    _print(received.findings, workbook, lang)
    hard = any(one.severity is Severity.BLOCKER for one in received.findings)
    if received.architecture is None or hard or (received.blocked and not keep_going):
        print(text("form.refused", lang, count=len(received.findings)), file=sys.stderr)
        return code_of(received.findings)
    api.write_several([(path, received.text.encode(), 4)], path.parent)
    records = received.architecture.records
    counts = {key: len(records[section]) for key, section in COUNTED.items()}
    print(text("form.made", lang, path=str(path), relations=len(received.architecture.relations), **counts))
    return code_of(received.findings)


def _print(findings: "tuple[Finding, ...]", workbook: Path, lang: str) -> None:
    from kientruc import api

    for line in api.terminal(api.form_remarks(findings, lang)[:PRINTED], lang, workbook):
        print(line, file=sys.stderr)
    if len(findings) > PRINTED:
        print(text("text.others", lang, count=len(findings) - PRINTED), file=sys.stderr)
