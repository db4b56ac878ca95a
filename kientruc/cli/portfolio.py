"""Many submissions on the command line: `kientruc portfolio DIR -o OUT`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FINDINGS, FINE, OFFICIALS, PRINTED, READERS, Progress, choice, words
from kientruc.errors import OutputError, UsageError, reason
from kientruc.messages import text
from kientruc.renderers.escapes import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from kientruc.portfolio import Portfolio


def add_portfolio(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("portfolio"))
    def portfolio(
        folder: Annotated[Path, typer.Argument(help=says("option.portfolio"), metavar="DIR")],
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.portfolio-out"), metavar="OUT")],
        edition: Annotated[
            list[str] | None, typer.Option("--edition", help=says("option.edition"), metavar="ID")
        ] = None,
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        cut_off: Annotated[str, typer.Option("--cut-off", help=says("option.cut-off"), metavar="DATE")] = "",
        jobs: Annotated[int, typer.Option("--jobs", help=says("option.jobs"), min=1, max=64)] = 2,
        scheduler: Annotated[str, typer.Option("--scheduler", help=says("option.scheduler"), metavar="ADDRESS")] = "",
        access: Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)] = OFFICIALS,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api
        from kientruc import portfolio as many

        choice("--access", access, api.ACCESS)
        if not folder.exists():
            raise UsageError("portfolio.no-folder", folder=str(folder))
        if out.exists() and out.samefile(folder):
            raise UsageError("portfolio.same-folder", folder=str(folder))
        _make(out)
        if folder.is_file():
            found = many.read(folder)
        else:
            days = (api.some_day(on) if on else None, api.some_day(cut_off, "--cut-off") if cut_off else None)
            settings = many.Settings(tuple(dict.fromkeys(edition or ())), *days, access)
            found = many.gathered(folder, out, settings, jobs, scheduler, _progress(lang))
        for path in many.write(found, out, lang):
            print(text("form.written", lang, path=str(path)))
        return _say(found, lang)


def _make(out: Path) -> None:
    if not out.parent.is_dir():
        raise UsageError("cli.no-folder", folder=str(out.parent))
    try:
        out.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError("cli.write-failed", path=str(out), why=reason(error)) from None


def _progress(lang: str) -> "Callable[[int, int], None]":
    say = Progress(lang)
    return lambda done, all: say("portfolio", done=str(done), all=str(all))


def _say(found: "Portfolio", lang: str) -> int:
    """Tell what was refused, and how much was run."""
    refused = [one for one in found.lines if one.told.refusal is not None]
    for one in refused[:PRINTED]:
        why = one.told.refusal
        assert why is not None
        where = f"{one.name}: {why.at}" if why.at not in ("", one.name) else one.name
        print(clean(f"{where}: {why.code}: {why.said(lang)}"), file=sys.stderr)
    if len(refused) > PRINTED:
        print(text("text.others", lang, count=len(refused) - PRINTED), file=sys.stderr)
    counts = {"count": len(found.lines), "ran": found.ran, "refused": len(refused)}
    print(text("portfolio.done", lang, **counts))
    return FINDINGS if refused else FINE
