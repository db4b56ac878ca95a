"""What all commands share: exit codes, the choice of a word, progress, loading with its findings told."""

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kientruc.errors import KientrucError, UsageError
from kientruc.messages import text
from kientruc.renderers.escapes import clean

if TYPE_CHECKING:
    from kientruc.api import Shown
    from kientruc.finding import Finding
    from kientruc.loading import Loaded
    from kientruc.model.architecture import Architecture
    from kientruc.review import Review
    from kientruc.views.remarks import Remark

FINE, FINDINGS, USAGE, FAILED = 0, 1, 2, 3
ALL = "restricted"  # --access of whoever may read everything
OFFICIALS = "internal"
READERS = "public|internal|restricted"
BINARY = ("xlsx", "png", "pdf", "pptx")
PRINTED = 100  # findings printed on a terminal; the report and the JSON hold more


def words(lang: str) -> Callable[[str], str]:
    """Make what gives the words of commands and options in one language."""
    return lambda key: text(f"cli.{key}", lang)


def choice(option: str, found: str, allowed: tuple[str, ...]) -> None:
    """Refuse a word that an option does not know."""
    if found not in allowed:
        raise UsageError("cli.unknown-choice", option=option, found=found, allowed=", ".join(allowed))


def not_to_terminal(format: str, to: Path | None) -> None:
    """Refuse to print on a terminal what is no text."""
    if format in BINARY and to is None and sys.stdout.isatty():
        raise UsageError("cli.binary-terminal", format=format)


def put(data: str | bytes, to: Path | None, *sort: int) -> None:
    """Write to a file that the user named, else to standard output; `sort` as for `api.write_one`."""
    from kientruc import api

    if to is not None:
        api.write_one(to, data.encode() if isinstance(data, str) else data, *sort)
    elif isinstance(data, str):
        sys.stdout.write(data)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


def say_written(to: Path | None, lang: str) -> None:
    """Tell, on stderr, that the file the user named is there."""
    if to is not None:
        print(clean(text("cli.written", lang, path=str(to))), file=sys.stderr)


class Progress:
    """Says on a terminal's stderr what is being done; silent elsewhere."""

    def __init__(self, lang: str) -> None:
        self.lang, self.shown = lang, sys.stderr.isatty()

    def __call__(self, step: str, **values: str) -> None:
        if self.shown:
            print(text(f"progress.{step}", self.lang, **values), file=sys.stderr)


def print_loading(loaded: "Loaded", root: Path, lang: str, to: TextIO | None = None) -> None:
    """Print what is wrong with the files of an architecture, by default on stdout."""
    from kientruc import api

    for line in api.terminal(api.loading_remarks(loaded, lang)[:PRINTED], lang, root):
        print(line, file=to)
    count = len(loaded.findings) + loaded.more
    if count > PRINTED:
        print(text("text.more", lang, count=count - PRINTED), file=to)
    print(text("text.findings", lang, count=count) if count else text("text.loaded-none", lang), file=to)


def told_apart(access: str) -> TextIO:
    """Give where the author is told what is wrong: apart from what some readers get."""
    return sys.stdout if access == ALL else sys.stderr


def shown(loaded: "Loaded", access: str, file: Path, lang: str) -> "Shown":
    """Cut what was loaded for its readers, and tell the author apart what they do not get to read."""
    from kientruc import api

    found = api.cut(loaded, access)
    tell_author(found, loaded, file, lang)
    return found


def tell_author(found: "Shown", loaded: "Loaded", file: Path, lang: str) -> None:
    """Tell the author, on stderr, what was found in loading and which texts were replaced."""
    from kientruc import api

    if found.is_whole:
        return
    for line in api.terminal(api.loading_remarks(loaded, lang)[:PRINTED], lang, file):
        print(line, file=sys.stderr)
    base = file.parent.as_posix()
    print_lines(list(found.author_lines(lang, "" if base == "." else f"{base.removesuffix('/')}/")), lang)


def print_lines(lines: Sequence[str], lang: str) -> None:
    """Print lines for the author on stderr, as many as anybody reads."""
    for line in lines[:PRINTED]:
        print(line, file=sys.stderr)
    if len(lines) > PRINTED:
        print(text("text.others", lang, count=len(lines) - PRINTED), file=sys.stderr)


def opened(
    file: Path,
    lang: str,
    max_elements: int = 0,
    access: str = ALL,
    ready: "Callable[[Path, Loaded], Loaded] | None" = None,
) -> "tuple[Path, Loaded, int]":
    """Load an architecture, and say what is wrong where it cannot be used, apart from what some readers get.

    Args:
        ready: gives what a command takes instead, because it mends what is wrong itself.
    Returns:
        Its root file, what was loaded, and the exit code for one that cannot be used.
    """
    from kientruc import api

    choice("--access", access, api.ACCESS)
    file = api.root_file(file)
    loaded = api.load(file, api.limits(max_elements))
    loaded = ready(file, loaded) if ready else loaded
    if loaded.architecture is None:
        print_loading(loaded, file, lang, told_apart(access))
    return file, loaded, FAILED if loaded.refused else FINDINGS


def renew_schema(file: Path, loaded: "Loaded", lang: str) -> None:
    """Write the schema for editors anew, where there is one; that it could not be written is told and no more."""
    from kientruc import api
    from kientruc.api.near import sentence

    try:
        api.refresh_schema(file, loaded, lang)
    except KientrucError as error:
        print(clean(sentence(error, lang)), file=sys.stderr)


def print_remarks(remarks: "Iterable[tuple[Remark, Path]]", count: int, lang: str) -> None:
    """Print what was found in files that somebody sent, each under the name the user gave it, and how many."""
    from kientruc import api

    for remark, path in islice(remarks, PRINTED):
        for line in api.terminal((remark,), lang, path):
            print(line, file=sys.stderr)
    if count > PRINTED:
        print(text("text.others", lang, count=count - PRINTED), file=sys.stderr)


def code_of(findings: "tuple[Finding, ...]") -> int:
    """Give the exit code for what was found in a file that somebody sent."""
    from kientruc.finding import Severity

    if any(one.refused for one in findings):
        return FAILED
    return FINDINGS if any(one.severity in (Severity.BLOCKER, Severity.MAJOR) for one in findings) else FINE


def print_refused(review: "Review", lang: str) -> int:
    """Say what is wrong with the reviewer's own files: nothing is checked with half of them."""
    from kientruc import api

    for remark, path in islice(api.review_remarks(review, lang), PRINTED):
        for line in api.terminal((remark,), lang, path):
            print(line, file=sys.stderr)
    print(text("cli.review-refused", lang, count=len(review.findings)), file=sys.stderr)
    return USAGE


def opened_before(called: str, file: Path, later: "Architecture", lang: str, access: str = ALL) -> "tuple[Loaded, int]":
    """Load an earlier version of the architecture in a file, and say what is wrong where it cannot be used.

    One that is not what the later version recorded under its number is used, and that is said.

    Args:
        later: the architecture in the file.
    Returns:
        What was loaded, and the exit code for what cannot be used.
    Raises:
        UsageError: it is of another architecture.
    """
    from kientruc import api

    version, _ = api.open_versions(called, str(file), lang=lang)
    if version.loaded.architecture is None:
        for line in api.version_remarks(version, lang, PRINTED):
            print(line, file=told_apart(access))
    elif not api.are_related(version.loaded.architecture, later):
        raise UsageError("dossier.unrelated", old=version.loaded.architecture.head.id, new=later.head.id)
    elif number := api.disputed(version.loaded.architecture, later):
        print(text("cli.disputed", lang, called=called, version=number), file=sys.stderr)
    return version.loaded, FAILED if version.loaded.refused else FINDINGS
