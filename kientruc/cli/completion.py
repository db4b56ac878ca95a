"""What a shell proposes while somebody types: `kientruc completion SHELL` prints the script that asks it for."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kientruc.cli.common import FINE, choice, words

ASKED = "__complete"  # the word by which the scripts ask
SHELLS = ("bash", "zsh", "fish", "powershell")


def add_completion(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("completion"))
    def completion(
        shell: Annotated[str, typer.Argument(help=says("option.shell"), metavar="|".join(SHELLS))],
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        choice("SHELL", shell, SHELLS)
        sys.stdout.write((Path(__file__).parent / "shells" / f"completion.{shell}").read_text(encoding="utf-8"))
        return FINE
