"""The commands for those who write framework editions: `kientruc editions list`, `lint`, `test`, `diff`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FAILED, FINDINGS, FINE, PRINTED, USAGE, opened, words
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.validators.packs import Linted


def add_editions(app: typer.Typer, lang: str) -> None:
    """Add the group of commands."""
    says = words(lang)
    Packs = Annotated[list[str] | None, typer.Argument(help=says("option.packs"), metavar="[ID|DIR]...")]
    Pack = Annotated[str, typer.Argument(help=says("option.packs"), metavar="ID|DIR")]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    On = Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")]
    group = typer.Typer(help=says("editions"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="editions")

    @group.command("list", help=says("editions-list"))
    def list_(on: On = "", lang: Lang = lang) -> int:
        from kientruc import api

        for line in api.editions(on, lang):
            print(line)
        return FINE

    @group.command(help=says("editions-lint"))
    def lint(packs: Packs = None, lang: Lang = lang) -> int:
        return _lint(tuple(packs or ()), lang)

    @group.command(help=says("editions-test"))
    def test(packs: Packs = None, lang: Lang = lang) -> int:
        from kientruc import api

        found = api.lint(tuple(packs or ()), ())
        code = max((_refused(name, pack, lang) for name, pack in found), default=FINE)
        slips = 0
        for name, pack in found:
            for line in api.slip_lines(pack.edition, lang) if pack.edition else ():
                print(f"{name}/{line}")
                slips += 1
        print(text("editions.tested", lang, packs=len(found), count=slips))
        return code or (FINDINGS if slips else FINE)

    @group.command(help=says("editions-diff"))
    def diff(
        old: Pack,
        new: Pack,
        model: Annotated[Path | None, typer.Option("--model", help=says("option.file"), metavar="FILE")] = None,
        on: On = "",
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        second = api.lint((new,), ())
        packs = [*api.lint((old,), tuple(pack.edition.id for _, pack in second if pack.edition)), *second]
        code = max(_refused(name, pack, lang) for name, pack in packs)
        if code:
            return code
        loaded = None
        if model:
            _, loaded, code = opened(model, lang)
            if loaded.architecture is None:
                return code
        day = api.day(on, loaded) if on and loaded else None
        for line in api.compare(packs[0][1], packs[1][1], loaded, day, lang):
            print(line)
        return FINE


def _lint(names: tuple[str, ...], lang: str) -> int:
    from kientruc import api

    found = api.lint(names)
    code = max((_refused(name, pack, lang) for name, pack in found), default=FINE)
    faults = sum(len(pack.findings) for _, pack in found)
    print(text("editions.linted", lang, packs=len(found), count=faults))
    return code


def _refused(name: str, pack: "Linted", lang: str) -> int:
    """Print what is wrong with a pack; a pack that is wrong is wrong usage, a hostile one is refused."""
    from kientruc import api

    for line in api.terminal(api.loading_remarks(pack, lang)[:PRINTED], lang, Path(name) / "edition.yaml"):
        print(line)
    if len(pack.findings) > PRINTED:
        print(text("text.more", lang, count=len(pack.findings) - PRINTED))
    if pack.refused:
        return FAILED
    return USAGE if pack.findings else FINE
