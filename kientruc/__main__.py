"""Where the command starts: UTF-8 everywhere, the version without any import, no traceback for a user."""

from __future__ import annotations

import gc
import io
import os
import sys


def main() -> None:
    """Run the command line and exit with its class: 0 fine, 1 findings, 2 wrong usage, 3 refused or failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    if sys.argv[1:] == ["--version"]:
        from kientruc import __version__

        print(f"kientruc {__version__}")
        return
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would read the metadata of all that is installed
    later("importlib.metadata", "entry_points")  # it imports this all the same, and below it the parser of mails
    gc.disable()  # one command, then the process ends; the collector only walks what is being built
    from kientruc.cli import run

    _leave(run(files_named(sys.argv[1:], os.name == "nt")))


def files_named(arguments: list[str], windows: bool) -> list[str]:
    """Put files in the place of patterns: the shells of Windows hand on `*.xlsx` as it stands."""
    if not windows:
        return arguments
    from glob import glob  # not of a path: what is written as absolute stays so, and so does what is not

    found = ((argument, glob(argument) if {*argument} & {*"*?"} else ()) for argument in arguments)  # noqa: PTH207
    return [word for argument, files in found for word in sorted(files) or (argument,)]


def later(name: str, function: str) -> None:
    """Put off importing a module of a package until something is asked of it; to name one function asks nothing."""
    from importlib import import_module
    from types import ModuleType

    if name in sys.modules:
        return
    package, _, last = name.rpartition(".")
    sys.modules[name] = stand_in = ModuleType(name)
    setattr(import_module(package), last, stand_in)

    def real(attribute: str) -> object:
        if attribute.startswith("__"):
            raise AttributeError(attribute)  # what the import system looks for by itself
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        found: object = getattr(import_module(name), attribute)
        return found

    def call(*args: object, **named: object) -> object:
        return real(function)(*args, **named)  # type: ignore[operator]  # a function, says who names it

    vars(stand_in).update({"__getattr__": real, function: call})


def _leave(code: int) -> None:
    """End the process without taking apart, object by object, what it has built: a tenth of a short command's time."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 3  # the results did not arrive: a full disk, a closed pipe
    os._exit(code)


if __name__ == "__main__":
    main()
