"""Tables on the command line: `kientruc export matrices`, `kientruc export money`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FINE, OFFICIALS, READERS, opened, shown, words
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Report


def add_tables(group: typer.Typer, lang: str) -> None:
    """Add the commands to the group of exports."""
    says = words(lang)
    _add(group, "matrices", says("export-matrices"), lang)
    _add(group, "money", says("export-money"), lang)


def _add(group: typer.Typer, name: str, help: str, lang: str) -> None:
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Out = Annotated[Path, typer.Option("-o", "--out", help=says("option.tables"), metavar="DIR|FILE.xlsx|FILE.html")]
    Edition = Annotated[list[str] | None, typer.Option("--edition", help=says("option.edition"), metavar="ID")]
    On = Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    root, here = Path("architecture.yaml"), Path("bang")

    @group.command(name, help=help)
    def tables(
        file: File = root,
        out: Out = here,
        edition: Edition = None,
        on: On = "",
        access: Access = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        reports, code = _checked(file, edition, on, access, lang)
        if reports:
            made = {"matrices": api.matrices, "money": api.money}[name](reports, lang)
            for path in api.write_tables(made, out, name):
                print(text("form.written", lang, path=str(path)))
        return code


def _checked(
    file: Path, editions: list[str] | None, on: str, access: str, lang: str
) -> "tuple[tuple[Report, ...], int]":
    from kientruc import api

    file, loaded, code = opened(file, lang, access=access)
    if loaded.architecture is None:
        return (), code
    reports = api.check_all(loaded, editions or (), api.day(on, loaded))
    return shown(loaded, access, file, lang).reports(reports), FINE
