"""The command that brings files to the newest format: `kientruc upgrade`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import FAILED, FINDINGS, FINE, print_loading, words
from kientruc.messages import text


def add_upgrading(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("upgrade"))
    def upgrade(
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        dry_run: Annotated[bool, typer.Option("--dry-run", help=says("option.dry_run"))] = False,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        file = api.root_file(file)
        loaded = api.load(file)
        if loaded.refused or api.unread_remarks(loaded, lang):
            print_loading(loaded, file, lang)
            print(text("upgrade.unread", lang), file=sys.stderr)
            return FAILED if loaded.refused else FINDINGS
        upgraded = api.upgrade(file, loaded)
        if not upgraded.patch.files:
            print(text("upgrade.nothing", lang, format=upgraded.target))
            return FINE
        if dry_run:
            sys.stdout.write(upgraded.patch.diff())
        else:
            upgraded.patch.write(file.parent)
        values = {"old": upgraded.origin, "new": upgraded.target, "files": len(upgraded.patch.files)}
        key = "upgrade.would" if dry_run else "upgrade.done"
        print(text(key, lang, **values), file=sys.stderr if dry_run else sys.stdout)
        return FINE
