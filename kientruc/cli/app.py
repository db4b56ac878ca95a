"""Arguments in, exit code out; no decision lives here. Heavy modules are imported inside the commands."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from kientruc.cli.ask import add_ask
from kientruc.cli.beginning import add_beginning
from kientruc.cli.bundles import add_bundles
from kientruc.cli.changing import add_changing
from kientruc.cli.checking import add_checking
from kientruc.cli.comments import add_comments
from kientruc.cli.common import FAILED, FINE, USAGE, words
from kientruc.cli.completion import ASKED, add_completion
from kientruc.cli.diff import add_diff
from kientruc.cli.dossier import add_dossier
from kientruc.cli.editing import add_editing
from kientruc.cli.editions import add_editions
from kientruc.cli.forms import add_forms
from kientruc.cli.migrate import add_migrate
from kientruc.cli.pictures import add_pictures
from kientruc.cli.portfolio import add_portfolio
from kientruc.cli.reviewing import add_reviewing
from kientruc.cli.showing import add_showing
from kientruc.cli.status import add_status
from kientruc.cli.upgrading import add_upgrading
from kientruc.cli.watching import add_serving
from kientruc.errors import KientrucError
from kientruc.messages import LANGUAGES, text
from kientruc.renderers.escapes import clean

COMMANDS = (  # in the order of the help
    *(add_beginning, add_checking, add_serving, add_showing, add_pictures, add_editing, add_changing, add_ask),
    *(add_dossier, add_diff),
    *(add_forms, add_status, add_migrate, add_editions, add_comments, add_bundles, add_reviewing, add_portfolio),
    *(add_upgrading, add_completion),
)


def language(arguments: list[str]) -> str:
    """Find the language before any help text is made: --lang, else KIENTRUC_LANG, else Vietnamese."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return os.environ.get("KIENTRUC_LANG") or "vi"


def run(arguments: list[str]) -> int:
    """Run one command.

    Returns:
        The exit code; whatever goes wrong is one sentence on stderr, in the language asked for.
    """
    lang = language(arguments)
    if arguments[:1] == [ASKED]:
        from kientruc.cli.proposals import answer

        return answer(arguments[1:], lang if lang in LANGUAGES else LANGUAGES[0], _tree)
    if lang not in LANGUAGES:
        for each in LANGUAGES:  # which of them the user reads is not known
            print(clean(text("cli.unknown-lang", each, found=lang)), file=sys.stderr)
        return USAGE
    try:
        return make_app(lang, arguments)(args=arguments, prog_name="kientruc", standalone_mode=False) or FINE
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        print(text("cli.interrupted", lang), file=sys.stderr)
        return FAILED
    except KientrucError as error:
        from kientruc.api.near import sentence

        print(clean(sentence(error, lang)), file=sys.stderr)
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # the reader of a pipe left; the parser's own way of saying so is an exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _other(error, lang)


def _tree(lang: str, arguments: Sequence[str]) -> object:
    from typer.main import get_command

    return get_command(make_app(lang, arguments))


def _other(error: Exception, lang: str) -> int:
    if hasattr(error, "format_message"):  # a usage error of the argument parser
        from kientruc.cli.parsed import usage

        print(clean(usage(error, lang)), file=sys.stderr)
        return USAGE
    if os.environ.get("KIENTRUC_DEBUG"):
        raise error
    print(clean(text("cli.internal", lang, name=type(error).__name__, why=str(error)[:200])), file=sys.stderr)
    return FAILED


def make_app(lang: str, arguments: Sequence[str] = ()) -> typer.Typer:
    """Build the commands with their help in one language: the one that the arguments begin with, else all."""
    says = words(lang)
    app = typer.Typer(
        help=says("app"),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback(invoke_without_command=True)
    def root(
        version: Annotated[bool, typer.Option("--version", help=says("option.version"))] = False,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> None:
        if version:
            from kientruc import __version__

            print(f"kientruc {__version__}")
            raise typer.Exit

    for add in COMMANDS:
        add(app, lang)
    _keep_asked(app, arguments)
    return app


def _keep_asked(app: typer.Typer, arguments: Sequence[str]) -> None:
    """Leave out the commands that were not asked for: typer reads every signature it is given before it runs one."""
    asked = arguments[0] if arguments else ""
    commands = [one for one in app.registered_commands if one.callback and (one.name or one.callback.__name__) == asked]
    groups = [one for one in app.registered_groups if one.name == asked]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups
