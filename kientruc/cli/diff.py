"""Two versions compared: `kientruc diff OLD NEW`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import (
    ALL,
    FAILED,
    FINDINGS,
    FINE,
    PRINTED,
    READERS,
    choice,
    not_to_terminal,
    print_lines,
    put,
    told_apart,
    words,
)
from kientruc.errors import UsageError
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Version


def add_diff(app: typer.Typer, lang: str) -> None:
    """Add the comparison."""
    says = words(lang)

    @app.command(help=says("diff"))
    def diff(
        old: Annotated[str, typer.Argument(help=says("option.compared"), metavar="OLD")],
        new: Annotated[str, typer.Argument(help=says("option.compared"), metavar="NEW")],
        at: Annotated[str, typer.Option("--at", help=says("option.at"), metavar="FILE")] = "",
        component: Annotated[str, typer.Option("--component", help=says("option.component"), metavar="ID")] = "",
        only_uncaused: Annotated[bool, typer.Option("--only-uncaused", help=says("option.only_uncaused"))] = False,
        as_of: Annotated[str, typer.Option("--as-of", help=says("option.as_of"), metavar="DATE")] = "",
        unrelated: Annotated[bool, typer.Option("--unrelated", help=says("option.unrelated"))] = False,
        exit_code: Annotated[bool, typer.Option("--exit-code", help=says("option.exit_code"))] = False,
        format: Annotated[
            str, typer.Option("--format", help=says("option.format"), metavar="text|json|md|html|xlsx")
        ] = "",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        access: Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)] = ALL,
        max_elements: Annotated[int, typer.Option("--max-elements", help=says("option.max_elements"), min=0)] = 0,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        format = api.difference_format(format, to)
        choice("--format", format, tuple(api.DIFFERENCE_FORMATS))
        not_to_terminal(format, to)
        choice("--access", access, api.ACCESS)
        versions = api.open_versions(old, new, at, lang, api.limits(max_elements))
        before, after = (one.loaded.architecture for one in versions)
        if before is None or after is None:
            return max(_refused(one, lang, access) for one in versions)
        if not unrelated and not api.are_related(before, after):
            raise UsageError("difference.unrelated", old=before.head.id, new=after.head.id)
        day = api.some_day(as_of, "--as-of") if as_of else None
        part = api.Part(component, only_uncaused, day)
        handed_round = api.model_sha256(before) if access != ALL else ""
        told = api.cut_versions([one.loaded for one in versions], access)
        before, after = (one.architecture for one in told)
        print_lines(list(told[1].author_lines(lang, versions[1].base)), lang)
        after = api.as_of(after, before, day) if day else after
        found = api.part_of(api.diff(before, after, handed_round), before, after, part, lang)
        data = api.spell_difference(found, before, after, format, lang, (versions[0].called, versions[1].called), part)
        put(data, to, api.DIFFERENCE_FORMATS[format])
        return FINDINGS if exit_code and found else FINE


def _refused(version: "Version", lang: str, access: str) -> int:
    """Say what is wrong with a version that cannot be used; nothing of one that can."""
    from kientruc import api

    if version.loaded.architecture is not None:
        return FINE
    for line in api.version_remarks(version, lang, PRINTED):
        print(line, file=told_apart(access))
    count = len(version.loaded.findings) + version.loaded.more
    print(text("difference.not-loaded", lang, version=version.called, count=count), file=sys.stderr)
    return FAILED if version.loaded.refused else FINDINGS
