"""A new architecture, and what checks it by itself: `kientruc init`."""

import os
import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FINE, choice, code_of, print_remarks, words
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Begun


def add_beginning(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("init"))
    def init(
        folder: Annotated[Path, typer.Argument(help=says("option.init-folder"), metavar="DIR")] = Path(),
        edition: Annotated[str, typer.Option("--edition", help=says("option.init-edition"), metavar="ID")] = "",
        agency: Annotated[str, typer.Option("--agency", help=says("option.init-agency"), metavar="NAME")] = "",
        name: Annotated[str, typer.Option("--name", help=says("option.init-name"), metavar="NAME")] = "",
        id: Annotated[str, typer.Option("--id", help=says("option.init-id"), metavar="ID")] = "",
        cut_off: Annotated[str, typer.Option("--cut-off", help=says("option.init-cut-off"), metavar="DATE")] = "",
        workbooks: Annotated[
            list[Path] | None, typer.Option("--from", help=says("option.init-from"), metavar="FILE.xlsx")
        ] = None,
        yes: Annotated[bool, typer.Option("--yes", help=says("option.init-yes"))] = False,
        hook: Annotated[bool, typer.Option("--hook", help=says("option.init-hook"))] = False,
        ci: Annotated[
            list[str] | None, typer.Option("--ci", help=says("option.init-ci"), metavar="github|gitlab")
        ] = None,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        forges = tuple(dict.fromkeys(ci or ()))
        for forge in forges:
            choice("--ci", forge, api.FORGES)
        said = {"edition": edition, "agency": agency, "name": name, "id": id, "cut-off": cut_off}
        wanted, root = hook or forges, folder / "architecture.yaml"
        if wanted and root.exists() and not any(said.values()) and not workbooks:
            _automate(folder, hook, forges, lang)
            return FINE
        api.refuse_begun(folder)
        if wanted:
            api.automation(folder, hook, forges, lang)  # so that nothing is written where it cannot be
        code = _begin(folder, said, workbooks or [], yes, lang)
        if wanted and root.exists():
            _automate(folder, hook, forges, lang)
        return code


def _begin(folder: Path, said: dict[str, str], workbooks: list[Path], yes: bool, lang: str) -> int:
    from kientruc import api

    answers = {asked: api.read_answer(asked, found) for asked, found in said.items() if found}
    begun = api.begin(_asked(answers, folder, workbooks, yes, lang), workbooks, lang)
    print_remarks(begun.remarks, len(begun.remarks), lang)
    if begun.loaded is None:
        print(text("form.refused", lang, count=len(begun.findings)), file=sys.stderr)
        return code_of(begun.findings)
    placed = api.place_begun(folder, begun)
    for path in placed.written:
        print((folder / path).as_posix())
    for path in placed.kept:
        print(text("init.kept", lang, path=(folder / path).as_posix()))
    print()
    _tell(begun, folder, lang)
    return code_of(begun.findings)


def _asked(answers: dict[str, str], folder: Path, workbooks: list[Path], yes: bool, lang: str) -> dict[str, str]:
    """Ask on a terminal for what no option says; a workbook of Mẫu 03 says it itself."""
    from kientruc import api
    from kientruc.cli.questions import are_asked, ask

    if not api.needs_answers(workbooks):
        return answers
    if yes or not are_asked():
        return {"id": api.default_answer("id", {"name": ""}, folder), **answers}
    print(text("init.asks", lang))
    for asked in api.BEGIN_ASKED:
        if asked in answers:
            continue
        if asked == "edition":
            print("\n".join(line for line in api.editions("", lang) if not line.startswith(" ")))
        default = text("word.today", lang) if asked == "cut-off" else api.default_answer(asked, answers, folder)
        read = partial(api.read_answer, asked, option=text("init-ask.answer", lang))
        answers[asked] = ask(text(f"init-ask.{asked}", lang), default, read, lang)
    return answers


def _tell(begun: "Begun", folder: Path, lang: str) -> None:
    """Say what a check finds now, and what to do next."""
    from kientruc import api

    assert begun.loaded is not None
    report = api.check(begun.loaded)
    for line in api.summary(report, lang):
        print(line)
    where = "" if folder == Path() else f" {_typed(folder)}"
    print()
    if begun.left_out:
        print(text("init.left-out", lang, count=begun.left_out))
    print(text("init.open" if api.fails(report, "must") else "init.passes", lang))
    print(text("init.next", lang, where=where, readme=(folder / "README.md").as_posix()))


def _typed(folder: Path) -> str:
    """Give a folder as it is typed into a shell."""
    return shlex.quote(folder.as_posix()) if os.name != "nt" else f'"{folder}"'


def _automate(folder: Path, hook: bool, forges: tuple[str, ...], lang: str) -> None:
    from kientruc import api

    written, kept = api.automate(api.automation(folder, hook, forges, lang))
    for path in written:
        print(_seen(path))
    for path in kept:
        print(text("automation.kept", lang, path=_seen(path)))
    print(text("automation.done", lang))


def _seen(path: Path) -> str:
    """Give a path as it is seen from where the user stands, if it lies below."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
