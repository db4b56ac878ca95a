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
    gc.disable()  # one command, then the process ends; the collector only walks what is being built
    from kientruc.cli import run

    _leave(run(sys.argv[1:]))


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
