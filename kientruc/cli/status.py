"""The command that tells where the way to approval stands."""

from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import ALL, FINDINGS, FINE, READERS, choice, opened, print_refused, put, shown, words


def add_status(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("status"))
    def status(
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        waivers: Annotated[Path | None, typer.Option("--waivers", help=says("option.waivers"), metavar="FILE")] = None,
        edition: Annotated[
            list[str] | None, typer.Option("--edition", help=says("option.status_edition"), metavar="ID")
        ] = None,
        fail: Annotated[bool, typer.Option("--fail-on-blocked", help=says("option.fail_on_blocked"))] = False,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|json|md")] = "",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        access: Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)] = ALL,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        format = api.status_format(format, to)
        choice("--format", format, api.STATUS_FORMATS)
        review = api.review(api.root_file(file), waivers)
        if review.findings:
            return print_refused(review, lang)
        file, loaded, code = opened(file, lang, access=access)
        if loaded.architecture is None:
            return code
        view = api.status(shown(loaded, access, file, lang), api.day(on, loaded), review, edition or (), lang)
        put(api.spell_status(view, format, lang), to)
        return FINDINGS if fail and view.standing.blockers else FINE
