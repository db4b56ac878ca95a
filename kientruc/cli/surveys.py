"""Surveys on the command line: `kientruc export survey`, `kientruc import survey`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FINE, code_of, opened, print_remarks, words
from kientruc.errors import UsageError
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.intake.survey_changes import Surveyed

SORT = 14  # first bytes of a form we write: one that a spreadsheet program saved has others, and is never replaced


def add_survey_export(group: typer.Typer, lang: str) -> None:
    """Add the command that writes the forms."""
    says = words(lang)

    @group.command(help=says("export-survey"))
    def survey(
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.survey-out"), metavar="FILE.xlsx|DIR")],
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        body: Annotated[str, typer.Option("--for", help=says("option.for"), metavar="ORG")] = "",
        by: Annotated[str, typer.Option("--by", help=says("option.survey-by"), metavar="DATE")] = "",
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        one = out.suffix.lower() == ".xlsx"
        if one and not body:
            raise UsageError("survey.need-body")
        if body and out.suffix and not one and not out.is_dir():  # a file of another sort was meant, no folder
            raise UsageError("cli.bad-suffix", found=out.suffix.removeprefix("."), allowed="xlsx")
        until = api.some_day(by, "--by") if by else None
        _, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            return code
        forms = api.survey_forms(loaded.architecture, body, lang, until)
        files = [(out if one else out / name, data, SORT) for name, data in forms.items()]
        api.write_several(files, None if one else out)
        for path, _, _ in files:
            print(path.as_posix())
        return FINE


def add_survey_import(group: typer.Typer, lang: str) -> None:
    """Add the command that takes filled forms in."""
    says = words(lang)

    @group.command("survey", help=says("import-survey"))
    def take(
        forms: Annotated[list[Path], typer.Argument(help=says("option.filled"), metavar="FORM.xlsx...")],
        model: Annotated[Path, typer.Option("--model", help=says("option.file"), metavar="FILE")] = Path(
            "architecture.yaml"
        ),
        body: Annotated[str, typer.Option("--for", help=says("option.for-lost"), metavar="ORG")] = "",
        into: Annotated[Path | None, typer.Option("--into", help=says("option.survey-into"), metavar="FILE")] = None,
        apply: Annotated[bool, typer.Option("--apply/--dry-run", help=says("option.apply"))] = False,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        model, loaded, code = opened(model, lang)
        if loaded.architecture is None:
            return code
        taken, paths = api.take_surveys(model, loaded, forms, body, into)
        print_remarks(api.survey_remarks(taken, paths, lang), len(taken.findings), lang)
        if not apply:
            sys.stdout.write(taken.patch.diff())
        else:
            taken.patch.write(model.parent)
        print(_sum(taken, apply, lang), file=sys.stdout if apply else sys.stderr)
        return code_of(taken.findings)


def _sum(taken: "Surveyed", write: bool, lang: str) -> str:
    """Say in one sentence what was, or would be, written."""
    if taken.blocked:
        return text("survey.refused", lang, count=len(taken.findings))
    if not taken.patch.files:
        return text("survey.unchanged", lang)
    files = ", ".join(edited.file.path for edited in taken.patch.files)
    counts = {"changed": taken.changed, "new": len(taken.new), "links": taken.links}
    return text("survey.done" if write else "survey.would", lang, files=files, **counts)
