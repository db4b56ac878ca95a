"""What the parser of arguments refuses, in our words: it tells it in English only."""

from __future__ import annotations

import re
from typing import Any

from kientruc.loading.nearest import nearest
from kientruc.messages import text


def usage(error: Any, lang: str) -> str:
    """Say what is wrong with a command line, and where its help is; only that help where no action was named.

    Args:
        error: a usage error of the parser. Its classes are private to typer, so they are known by what they hold.
    """
    told, context = str(error.format_message()), getattr(error, "ctx", None)
    if told.startswith("Usage: "):
        return told
    command = context.command_path if context else "kientruc"
    return text("cli.usage", lang, why=_why(error, told, context, lang), command=command)


def _why(error: Any, told: str, context: Any, lang: str) -> str:
    param = getattr(error, "param", None)
    if option := getattr(error, "option_name", ""):
        if hasattr(error, "possibilities"):
            known = [name for one in context.command.params for name in (*one.opts, *one.secondary_opts)]
            return _near("usage.no-option", option, [name for name in known if name.startswith("-")], lang)
        return text("usage.no-value" if "requires" in told else "usage.value", lang, option=option)
    if hasattr(error, "param_type"):
        return text("usage.missing", lang, name=_called(param, context))
    if param is not None:
        return _number(told, param, context, lang)
    commands = list(getattr(context.command, "commands", ())) if context else []
    if found := re.match(r"No such command '(.*?)'\.", told):
        return _near("usage.no-command", found.group(1), commands, lang)
    if found := re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", told):
        return text("usage.too-many", lang, found=found.group(1))
    return told


def _near(key: str, found: str, known: list[str], lang: str) -> str:
    near = nearest(found, known)
    told = text("phrase.near", lang, near=near) if near else "."
    return text(key, lang, found=found, near=told, allowed=", ".join(sorted(known)))


def _called(param: Any, context: Any) -> str:
    """Name an argument by its word in the help, an option by what is typed."""
    return str(param.make_metavar(context)) if param.param_type_name == "argument" else " / ".join(param.opts)


def _number(told: str, param: Any, context: Any, lang: str) -> str:
    """Tell a value that is no number, or outside of its range: no other option takes anything but words."""
    found = re.search(r"'?([^':]*?)'? is not (?:in the|a valid)", told)
    low, high = getattr(param.type, "min", None), getattr(param.type, "max", None)
    key = "usage.number" if high is None else "usage.range"
    option, shown = _called(param, context), found.group(1).strip() if found else "…"
    return text(key, lang, option=option, found=shown, low=str(low or 0), high=str(high))
