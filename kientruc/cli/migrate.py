"""The command that moves an architecture to another edition: `kientruc migrate`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import FINE, choice, opened, put, words
from kientruc.messages import text


def add_migrate(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("migrate"))
    def migrate(
        to: Annotated[str, typer.Option("--to", help=says("option.to_edition"), metavar="EDITION")],
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        origin: Annotated[str, typer.Option("--from", help=says("option.from_edition"), metavar="EDITION")] = "",
        apply: Annotated[bool, typer.Option("--apply/--dry-run", help=says("option.apply"))] = False,
        declare: Annotated[bool, typer.Option("--declare", help=says("option.declare"))] = False,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|md|json")] = "",
        out: Annotated[Path | None, typer.Option("-o", "--out", help=says("option.to"), metavar="FILE")] = None,
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        format = api.migration_format(format, out)
        choice("--format", format, api.MIGRATION_FORMATS)
        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            print(text("migrate.not-loaded", lang), file=sys.stderr)
            return code
        view, patch = api.migrate(file, loaded, to, origin, api.day(on, loaded) if on else None, declare, lang)
        if out or not apply or format != "text":
            put(api.spell_migration(view, format, lang), out)
        count = {"count": view.edits, "files": len(view.files)}
        if not apply:
            print(text("migrate.would", lang, **count), file=sys.stderr)
            return FINE
        patch.write(file.parent)
        print(text("migrate.done", lang, **count), text("migrate.not-compliance", lang), file=sys.stderr, sep="\n")
        if format == "text":
            print("\n".join(api.migration_left(view, lang)))
        return FINE
