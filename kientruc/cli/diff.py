"""Two versions compared: `kientruc diff OLD NEW`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FAILED, FINDINGS, FINE, PRINTED, choice, not_to_terminal, put, words
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
        max_elements: Annotated[int, typer.Option("--max-elements", help=says("option.max_elements"), min=0)] = 0,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        format = api.difference_format(format, to)
        choice("--format", format, tuple(api.DIFFERENCE_FORMATS))
        not_to_terminal(format, to)
        versions = api.open_versions(old, new, at, lang, api.limits(max_elements))
        before, after = (one.loaded.architecture for one in versions)
        if before is None or after is None:
            return max(_refused(one, lang) for one in versions)
        if not unrelated and not api.are_related(before, after):
            raise UsageError("difference.unrelated", old=before.head.id, new=after.head.id)
        day = api.some_day(as_of, "--as-of") if as_of else None
        after = api.as_of(after, before, day) if day else after
        part = api.Part(component, only_uncaused, day)
        found = api.part_of(api.diff(before, after), before, after, part, lang)
        data = api.spell_difference(found, before, after, format, lang, (versions[0].called, versions[1].called), part)
        put(data, to, api.DIFFERENCE_FORMATS[format])
        return FINDINGS if exit_code and found else FINE


def _refused(version: "Version", lang: str) -> int:
    """Say what is wrong with a version that cannot be used; nothing of one that can."""
    from kientruc import api

    if version.loaded.architecture is not None:
        return FINE
    for line in api.version_remarks(version, lang, PRINTED):
        print(line)
    count = len(version.loaded.findings) + version.loaded.more
    print(text("difference.not-loaded", lang, version=version.called, count=count), file=sys.stderr)
    return FAILED if version.loaded.refused else FINDINGS
