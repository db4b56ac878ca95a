"""The commands around a submission in one file: `kientruc bundle`, `verify`, `keys new`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import FAILED, FINDINGS, FINE, Progress, choice, opened, put, words
from kientruc.messages import text


def add_bundles(app: typer.Typer, lang: str) -> None:
    """Add the commands."""
    says = words(lang)
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    MaxElements = Annotated[int, typer.Option("--max-elements", help=says("option.max_elements"), min=0)]

    @app.command(help=says("bundle"))
    def bundle(
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.bundle-out"), metavar="FILE.zip")],
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        edition: Annotated[
            list[str] | None, typer.Option("--edition", help=says("option.edition"), metavar="ID")
        ] = None,
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        parts: Annotated[str, typer.Option("--with", help=says("option.with"), metavar="report,views,dossier")] = "",
        seal: Annotated[Path | None, typer.Option("--seal", help=says("option.seal"), metavar="NAME.key")] = None,
        max_elements: MaxElements = 0,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        api.by_suffix("", out, ("zip",))
        wanted = [part.strip() for part in parts.split(",") if part.strip()]
        for part in wanted:
            choice("--with", part, api.BUNDLE_PARTS)
        progress = Progress(lang)
        progress("load")
        file, loaded, code = opened(file, lang, max_elements)
        if loaded.architecture is None:
            print(text("bundle.not-made", lang, path=str(out)), file=sys.stderr)
            return code
        reports = api.check_all(loaded, edition or (), api.day(on, loaded))
        made = api.bundle(loaded, file, reports, wanted, seal, lang, progress)
        put(made.data, out, 4)
        told = made.manifest
        counts = {"sources": len(told.sources), "files": len(told.files), "requests": len(told.waiver_requests)}
        print(text("bundle.made", lang, path=str(out), size=-(-len(made.data) // 1024), **counts))
        return FINE

    @app.command(help=says("verify"))
    def verify(
        bundle: Annotated[Path, typer.Argument(help=says("option.bundle"), metavar="FILE.zip")],
        key: Annotated[Path | None, typer.Option("--key", help=says("option.key"), metavar="NAME.pub")] = None,
        rerun: Annotated[bool, typer.Option("--rerun/--no-rerun", help=says("option.rerun"))] = True,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|json")] = "text",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        max_elements: MaxElements = 0,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--format", format, api.VERIFICATION_FORMATS)
        found = api.verify(bundle, key, rerun, api.limits(max_elements))
        put(api.spell_verification(found, bundle, format, lang), to)
        return FAILED if found.refused else FINE if found.holds else FINDINGS

    group = typer.Typer(help=says("keys"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="keys")

    @group.callback()
    def keys() -> None:
        """Keep `new` a command of its own: a group of one command would be that command."""

    @group.command("new", help=says("keys-new"))
    def new(
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.keys-out"), metavar="NAME")],
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        private, public, fingerprint = api.new_keys(out)
        print(text("seal.made", lang, private=str(private), public=str(public), key=fingerprint))
        return FINE
