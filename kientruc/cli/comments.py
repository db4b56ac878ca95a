"""The commands about comments: forms out, forms in, what is open."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import (
    ALL,
    FINE,
    OFFICIALS,
    READERS,
    choice,
    code_of,
    not_to_terminal,
    opened,
    print_remarks,
    put,
    shown,
    words,
)
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.consultation.taken import Taken

SORT = 14  # first bytes of a form we write: one that a spreadsheet program saved has others, and is never replaced


def add_comments(app: typer.Typer, lang: str) -> None:
    """Add the group of commands."""
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Round = Annotated[str, typer.Option("--round", help=says("option.round"), metavar="ID")]
    Body = Annotated[str, typer.Option("--body", help=says("option.body"), metavar="ID")]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    default_file = Path("architecture.yaml")
    group = typer.Typer(help=says("comments"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="comments")

    @group.command(help=says("comments-export"))
    def export(
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.forms"), metavar="FILE.xlsx|DIR")],
        file: File = default_file,
        round: Round = "",
        body: Body = "",
        access: Access = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            return code
        shown(loaded, access, file, lang)
        one = out.suffix.lower() == ".xlsx"
        forms = api.comment_forms(loaded.architecture, round, body, lang, one, access)
        files = [(out if one else out / name, data, SORT) for name, data in forms.items()]
        api.write_several(files, None if one else out)
        for path, _, _ in files:
            print(path.as_posix())
        return FINE

    @group.command("import", help=says("comments-import"))
    def take(
        forms: Annotated[list[Path], typer.Argument(help=says("option.filled"), metavar="FORM.xlsx...")],
        model: Annotated[Path, typer.Option("--model", help=says("option.file"), metavar="FILE")] = default_file,
        into: Annotated[Path | None, typer.Option("--into", help=says("option.into"), metavar="FILE.yaml")] = None,
        round: Round = "",
        body: Body = "",
        apply: Annotated[bool, typer.Option("--apply/--dry-run", help=says("option.apply"))] = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        model, loaded, code = opened(model, lang)
        if loaded.architecture is None:
            return code
        taken, paths = api.take_comments(model, loaded, forms, round, body, into)
        print_remarks(api.taken_remarks(taken, paths, lang), len(taken.findings), lang)
        if not apply:
            sys.stdout.write(taken.patch.diff())
        else:
            taken.patch.write(model.parent)
        print(_sum(taken, apply, lang), file=sys.stdout if apply else sys.stderr)
        return code_of(taken.findings)

    @group.command("list", help=says("comments-list"))
    def show(
        file: File = default_file,
        round: Round = "",
        only_open: Annotated[bool, typer.Option("--open", help=says("option.open"))] = False,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|json|md|xlsx")] = "",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        access: Access = ALL,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        format = api.by_suffix(format, to, api.COMMENT_FORMATS)
        choice("--format", format, api.COMMENT_FORMATS)
        not_to_terminal(format, to)
        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            return code
        put(api.spell_comments(shown(loaded, access, file, lang).architecture, round, only_open, format, lang), to)
        return FINE


def _sum(taken: "Taken", write: bool, lang: str) -> str:
    """Say in one sentence what was, or would be, written."""
    if taken.blocked:
        return text("comments.refused", lang, count=len(taken.findings))
    key = "comments.unchanged" if not taken.patch.files else "comments.done" if write else "comments.would"
    files = ", ".join(edited.file.path for edited in taken.patch.files)
    counts = {"new": len(taken.new), "answers": len(taken.answers), "already": taken.already}
    return text(key, lang, **counts, files=files)
