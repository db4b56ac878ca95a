"""Questions on a terminal: each with what is taken for no answer; a wrong answer is told what is allowed."""

import sys
from collections.abc import Callable

import typer

from kientruc.errors import KientrucError
from kientruc.messages import text
from kientruc.renderers.escapes import clean


def are_asked() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, default: str, read: Callable[[str], str], lang: str) -> str:
    """Ask until the answer can be read.

    Args:
        read: gives an answer as it will be used; the error of a wrong one says what is allowed.
    Raises:
        typer.Abort: nobody answers any more.
    """
    from kientruc.api.near import sentence

    while True:
        try:
            words = input(text("init.ask", lang, question=question, default=default))
        except EOFError:
            raise typer.Abort from None
        try:
            return read(words.strip() or default)
        except KientrucError as error:
            print(clean(sentence(error, lang)), file=sys.stderr)
