"""`kientruc review`: submissions that nobody trusts, each in a process of its own, appraised or refused by name."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.checking import FAIL_ON
from kientruc.cli.common import FAILED, FINE, Progress, choice, print_refused, words
from kientruc.errors import OutputError, UsageError
from kientruc.messages import text


def add_reviewing(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("review"))
    def review(
        files: Annotated[list[Path], typer.Argument(help=says("option.submissions"), metavar="FILE...")],
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.out"), metavar="DIR")],
        edition: Annotated[
            list[str] | None, typer.Option("--edition", help=says("option.edition"), metavar="ID")
        ] = None,
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        waivers: Annotated[Path | None, typer.Option("--waivers", help=says("option.waivers"), metavar="FILE")] = None,
        answers: Annotated[Path | None, typer.Option("--answers", help=says("option.answers"), metavar="FILE")] = None,
        previous: Annotated[
            list[Path] | None, typer.Option("--previous", help=says("option.previous"), metavar="FILE")
        ] = None,
        cut_off: Annotated[str, typer.Option("--cut-off", help=says("option.cut_off"), metavar="DATE")] = "",
        issuer: Annotated[str, typer.Option("--issuer", help=says("option.appraiser"), metavar="NAME")] = "",
        fail_on: Annotated[str, typer.Option("--fail-on", help=says("option.fail_on"), metavar="|".join(FAIL_ON))] = (
            "must"
        ),
        keep: Annotated[str, typer.Option("--keep", help=says("option.keep"), metavar="stop|beside")] = "stop",
        workers: Annotated[int, typer.Option("--workers", help=says("option.workers"), min=0)] = 0,
        seconds: Annotated[int, typer.Option("--seconds", help=says("option.seconds"), min=1)] = 180,
        max_elements: Annotated[int, typer.Option("--max-elements", help=says("option.max_elements"), min=0)] = 0,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api
        from kientruc.api import reviewing
        from kientruc.api.near import sentence
        from kientruc.renderers.escapes import clean

        choice("--fail-on", fail_on, FAIL_ON)
        choice("--keep", keep, ("stop", "beside"))
        given = api.review(Path("architecture.yaml"), waivers, answers)
        if given.findings:
            return print_refused(given, lang)
        for path in (*files, *(previous or ())):
            api.is_there(path)
            if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
                raise UsageError("review.inside", folder=str(path))
        for id in edition or ():
            api.edition(id)
        decided = reviewing.Reviewing(
            editions=tuple(edition or ()),
            on=api.some_day(on).isoformat() if on else "",
            waivers=str(waivers or ""),
            answers=str(answers or ""),
            previous=tuple(map(str, previous or ())),
            cut_off=api.some_day(cut_off, "--cut-off").isoformat() if cut_off else "",
            issuer=issuer,
            elements=max_elements,
            lang=lang,
        )
        progress = Progress(lang)
        code, counts = FINE, dict.fromkeys(("appraised", "unread", "refused"), 0)
        for outcome in reviewing.appraise_all(files, decided, workers, reviewing.budget(seconds)):
            progress("review", name=outcome.name)
            folder = out / outcome.name
            for line in reviewing.told(outcome, folder, lang):
                print(line)
            try:
                api.write_folder(folder, outcome.files, {"tool": reviewing.TOOL, "state": outcome.state}, keep)
            except OutputError as error:  # the others are written all the same
                print(clean(sentence(error, lang)), file=sys.stderr)
                code = FAILED
            counts[outcome.state] += 1
            code = max(code, reviewing.code_of(outcome, fail_on))
        numbers = {state: str(number) for state, number in counts.items()}
        print(text("review.done", lang, count=len(files), **numbers))
        return code
