"""Files edited in place: `kientruc rename`, `kientruc fmt`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import FAILED, FINDINGS, FINE, opened, print_loading, words
from kientruc.messages import text

SHOWN = 5  # places shown where a renamed id is left in text


def add_editing(app: typer.Typer, lang: str) -> None:
    """Add the commands."""
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    default_file = Path("architecture.yaml")

    @app.command(help=says("rename"))
    def rename(
        old: Annotated[str, typer.Argument(help=says("option.old"), metavar="OLD")],
        new: Annotated[str, typer.Argument(help=says("option.new"), metavar="NEW")],
        file: File = default_file,
        section: Annotated[str, typer.Option("--section", help=says("option.section"), metavar="SECTION")] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help=says("option.dry_run"))] = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            print(text("rename.not-loaded", lang), file=sys.stderr)
            return code
        renamed = api.rename(file, loaded, old, new, section)
        if dry_run:
            sys.stdout.write(renamed.patch.diff())
        else:
            renamed.patch.write(file.parent)
        count = {"count": renamed.places, "files": len(renamed.patch.files)}
        key = "rename.would" if dry_run else "rename.done"
        print(text(key, lang, old=old, new=new, **count), file=sys.stderr if dry_run else sys.stdout)
        if renamed.left:
            where = ", ".join(dict.fromkeys(f"{span.path}:{span.line}" for span in renamed.left[:SHOWN]))
            print(text("rename.left", lang, old=old, count=len(renamed.left), where=where), file=sys.stderr)
        return FINE

    @app.command(help=says("fmt"))
    def fmt(
        file: File = default_file,
        check: Annotated[bool, typer.Option("--check", help=says("option.check"))] = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        file = api.root_file(file)
        loaded = api.load(file)
        if loaded.refused:
            print_loading(loaded, file, lang)
            return FAILED
        patch, refused = api.fmt(loaded)
        unread = api.unread_remarks(loaded, lang)
        for line in api.terminal(unread, lang, file):
            print(line)
        for error in refused:
            print(text(error.key, lang, **error.values), file=sys.stderr)
        if not check:
            patch.write(file.parent)
        for edited in patch.files:
            print((file.parent / edited.file.path).as_posix())
        count = {"changed": len(patch.files), "count": len(loaded.files)}
        print(text("fmt.would" if check else "fmt.done", lang, **count), file=sys.stderr)
        return FINDINGS if refused or unread or (check and patch.files) else FINE
