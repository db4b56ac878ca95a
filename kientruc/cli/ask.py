"""The questions of the command line: `kientruc ask`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import ALL, FINE, READERS, choice, opened, shown, words

if TYPE_CHECKING:
    from kientruc.api import Questions
    from kientruc.loading import Loaded
    from kientruc.views.table import Answered


def add_ask(app: typer.Typer, lang: str) -> None:
    """Add the questions."""
    says = words(lang)
    Id = Annotated[str, typer.Argument(help=says("option.id"), metavar="ID")]
    File = Annotated[Path, typer.Option("-f", "--file", help=says("option.file"), metavar="FILE")]
    Format = Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|json|md")]
    Via = Annotated[str, typer.Option("--via", help=says("option.via"), metavar="VERB,...")]
    Back = Annotated[bool, typer.Option("--back", help=says("option.back"))]
    By = Annotated[str, typer.Option("--by", help=says("option.by"), metavar="DATE")]
    On = Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    root = Path("architecture.yaml")
    group = typer.Typer(help=says("ask"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="ask")

    def answer(file: Path, format: str, lang: str, access: str, ask: "Callable[[Questions, Loaded], Answered]") -> int:
        from kientruc import api

        choice("--format", format, api.ANSWER_FORMATS)
        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            return code
        found = shown(loaded, access, file, lang)
        print(api.spell_answer(ask(api.Questions(found.architecture, lang), loaded), format, lang), end="")
        return FINE

    @group.command(help=says("ask-reach"))
    def reach(
        id: Id,
        file: File = root,
        via: Via = "data_flow",
        back: Back = False,
        format: Format = "text",
        access: Access = ALL,
        lang: Lang = lang,
    ) -> int:
        return answer(file, format, lang, access, lambda asked, _: asked.reach(id, via, back))

    @group.command(help=says("ask-path"))
    def path(
        source: Annotated[str, typer.Argument(help=says("option.id"), metavar="FROM")],
        target: Annotated[str, typer.Argument(help=says("option.id"), metavar="TO")],
        file: File = root,
        via: Via = "data_flow",
        format: Format = "text",
        access: Access = ALL,
        lang: Lang = lang,
    ) -> int:
        return answer(file, format, lang, access, lambda asked, _: asked.path(source, target, via))

    @group.command(help=says("ask-impact"))
    def impact(id: Id, file: File = root, format: Format = "text", access: Access = ALL, lang: Lang = lang) -> int:
        return answer(file, format, lang, access, lambda asked, _: asked.impact(id))

    @group.command(help=says("ask-ending"))
    def ending(by: By, file: File = root, format: Format = "text", access: Access = ALL, lang: Lang = lang) -> int:
        from kientruc import api

        return answer(file, format, lang, access, lambda asked, loaded: asked.ending(api.some_day(by, "--by")))

    @group.command(help=says("ask-owner"))
    def owner(id: Id, file: File = root, format: Format = "text", access: Access = ALL, lang: Lang = lang) -> int:
        return answer(file, format, lang, access, lambda asked, _: asked.owner(id))

    @group.command(help=says("ask-uncovered"))
    def uncovered(
        file: File = root, on: On = "", format: Format = "text", access: Access = ALL, lang: Lang = lang
    ) -> int:
        from kientruc import api

        return answer(file, format, lang, access, lambda asked, loaded: asked.uncovered(api.day(on, loaded)))

    @group.command(help=says("ask-unknown"))
    def unknown(
        file: File = root, by: By = "", format: Format = "text", access: Access = ALL, lang: Lang = lang
    ) -> int:
        from kientruc import api

        def ask(asked: "Questions", loaded: "Loaded") -> "Answered":
            if by:
                return asked.unknown(api.some_day(by, "--by"))
            return asked.unknown(None, api.cut(loaded, access).reports(api.check_all(loaded)))

        return answer(file, format, lang, access, ask)
