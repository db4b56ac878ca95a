"""The papers that are handed in: `kientruc dossier`, `kientruc lint-paper`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import (
    FINDINGS,
    FINE,
    OFFICIALS,
    PRINTED,
    READERS,
    Progress,
    choice,
    opened,
    opened_before,
    tell_author,
    words,
)
from kientruc.messages import text

ISSUERS = ("body", "chairman")


def add_dossier(app: typer.Typer, lang: str) -> None:
    """Add the command that makes papers, and the one that holds a paper against its format."""
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]

    @app.command(help=says("dossier"))
    def dossier(
        file: File = Path("architecture.yaml"),
        out: Annotated[Path | None, typer.Option("-o", "--out", help=says("option.out"), metavar="DIR")] = None,
        hearing: Annotated[str, typer.Option("--hearing", help=says("option.hearing"), metavar="ID")] = "",
        profile: Annotated[str, typer.Option("--profile", help=says("option.profile"), metavar="PROFILE")] = "",
        only: Annotated[list[str] | None, typer.Option("--only", help=says("option.papers"), metavar="NAME")] = None,
        before: Annotated[
            str, typer.Option("--before", help=says("option.dossier-before"), metavar="FILE|DIR|ZIP|REF")
        ] = "",
        wording: Annotated[Path | None, typer.Option("--wording", help=says("option.wording"), metavar="FILE")] = None,
        issuer: Annotated[
            str, typer.Option("--issuer", help=says("option.issuer"), metavar="|".join(ISSUERS))
        ] = ISSUERS[0],
        party: Annotated[bool, typer.Option("--party", help=says("option.party"))] = False,
        keep: Annotated[str, typer.Option("--keep", help=says("option.keep"), metavar="stop|beside")] = "stop",
        access: Access = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--keep", keep, ("stop", "beside"))
        choice("--issuer", issuer, ISSUERS)
        out = out or Path(api.folder("dossier", access))
        progress = Progress(lang)
        progress("load")
        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            print(text("cli.not-built", lang, folder=str(out)), file=sys.stderr)
            return code
        versions = [loaded]
        if before:
            earlier, code = opened_before(before, file, loaded.architecture, lang, access)
            if earlier.architecture is None:
                return code
            versions.append(earlier)
        found, *others = api.cut_versions(versions, access)
        tell_author(found, loaded, file, lang)
        made = api.dossier(
            found,
            out,
            hearing,
            profile,
            tuple(only or ()),
            wording,
            issuer == ISSUERS[1],
            party,
            keep,
            lang,
            progress,
            others[0] if others else None,
        )
        for name, format in made.papers:
            print(text("cli.paper-made", lang, path=str(out / f"{name}.docx"), profile=format))
        for name in made.empty:
            print(text("cli.paper-empty", lang, name=name), file=sys.stderr)
        for kept, beside in made.beside:
            print(text("cli.beside", lang, path=kept, beside=beside))
        if made.removed:
            print(text("cli.removed", lang, paths=", ".join(made.removed)))
        for name, deviation in made.deviations:
            print(f"{name}: {deviation.words(lang)}", file=sys.stderr)
        print(text("cli.dossier-done", lang, count=made.files, changed=made.changed, folder=str(out)))
        return FINDINGS if made.deviations else FINE

    @app.command("lint-paper", help=says("lint-paper"))
    def lint_paper(
        paper: Annotated[Path, typer.Argument(help=says("option.docx"), metavar="DOCX")],
        profile: Annotated[str, typer.Option("--profile", help=says("option.profile"), metavar="PROFILE")],
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        found = api.lint_paper(paper, profile, lang)
        for deviation in found[:PRINTED]:
            print(deviation.words(lang))
        if len(found) > PRINTED:
            print(text("text.others", lang, count=len(found) - PRINTED))
        print(text("cli.linted", lang, count=len(found), profile=profile), file=sys.stderr)
        return FINDINGS if found else FINE
