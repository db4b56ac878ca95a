"""The forms of the command line: `kientruc export mau03`, `kientruc codes`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import FINE, opened
from kientruc.messages import text


def add_forms(app: typer.Typer, lang: str) -> None:
    """Add the commands that fill the workbooks an edition prescribes."""

    def says(key: str) -> str:
        return text(f"cli.{key}", lang)

    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Edition = Annotated[str, typer.Option("--edition", help=says("option.edition"), metavar="ID")]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    root, guide = Path("architecture.yaml"), "huong-dan-2026"
    group = typer.Typer(help=says("export"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="export")

    @group.command(help=says("export-mau03"))
    def mau03(
        file: File = root,
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.to"), metavar="FILE")] = Path("mau-03.xlsx"),
        edition: Edition = guide,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        _, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            return code
        api.write_results(out, api.form_workbook(loaded.architecture, edition, lang), "xlsx")
        print(text("form.written", lang, path=str(out)))
        without = len(api.assign_codes(loaded, edition).codes)
        if without:
            print(text("form.without-code", lang, count=without), file=sys.stderr)
        return FINE

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
