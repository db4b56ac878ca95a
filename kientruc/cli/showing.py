"""The commands that tell one thing: `kientruc show`, `explain`, `schema`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import (
    ALL,
    FINE,
    READERS,
    choice,
    opened,
    opened_before,
    put,
    say_written,
    tell_author,
    words,
)
from kientruc.messages import text


def add_showing(app: typer.Typer, lang: str) -> None:
    """Add the commands."""
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Editions = Annotated[list[str] | None, typer.Option("--edition", help=says("option.edition"), metavar="ID")]
    On = Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    default_file = Path("architecture.yaml")

    @app.command(help=says("show"))
    def show(
        id: Annotated[str, typer.Argument(help=says("option.id"), metavar="ID")],
        file: File = default_file,
        edition: Editions = None,
        on: On = "",
        before: Annotated[
            list[str] | None, typer.Option("--before", help=says("option.before"), metavar="FILE|DIR|ZIP|REF")
        ] = None,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|json|md")] = "text",
        access: Access = ALL,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--format", format, api.SHOW_FORMATS)
        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            return code
        reports = api.check_all(loaded, edition, api.day(on, loaded)) if edition else ()
        versions = []
        for called in before or ():
            version, code = opened_before(called, file, loaded.architecture, lang, access)
            if version.architecture is None:
                return code
            versions.append(version)
        found, *others = api.cut_versions((loaded, *versions), access)
        tell_author(found, loaded, file, lang)
        named = zip(others, before or (), strict=True)
        earlier = [(one.architecture.head.version or called, one.architecture) for one, called in named]
        print(api.show(found.architecture, id, lang, format, found.reports(reports), earlier), end="")
        return FINE

    @app.command(help=says("explain"))
    def explain(
        code: Annotated[str, typer.Argument(help=says("option.code"), metavar="CODE")], lang: Lang = lang
    ) -> int:
        from kientruc import api

        print(api.explain(code, lang))
        return FINE

    @app.command(help=says("schema"))
    def schema(
        file: Annotated[Path | None, typer.Argument(help=says("option.schema-file"), metavar="FILE")] = None,
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        if file is None and default_file.exists():
            file = default_file
        loaded = api.load(api.root_file(file)) if file else None
        if loaded and not api.has_ids(loaded):
            print(text("cli.schema-general", lang), file=sys.stderr)
        put(api.schema_text(lang, loaded), to)
        say_written(to, lang)
        return FINE
