"""The commands that draw: `kientruc views`, `view`, `deck`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kientruc.cli.common import (
    BINARY,
    FINDINGS,
    FINE,
    OFFICIALS,
    READERS,
    Progress,
    choice,
    not_to_terminal,
    opened,
    opened_before,
    put,
    say_written,
    tell_author,
    words,
)
from kientruc.errors import UsageError
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Report
    from kientruc.loading import Loaded
    from kientruc.model.architecture import Architecture

PAPERS = ("slide", "a3")
SHOWN = 10  # boxes that moved, named


def add_pictures(app: typer.Typer, lang: str) -> None:
    """Add the commands."""
    says = words(lang)
    File = Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")]
    Paper = Annotated[str, typer.Option("--paper", help=says("option.paper"), metavar="|".join(PAPERS))]
    Before = Annotated[str, typer.Option("--before", help=says("option.view-before"), metavar="FILE|DIR|ZIP|REF")]
    Access = Annotated[str, typer.Option("--access", help=says("option.access"), metavar=READERS)]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    default_file = Path("architecture.yaml")

    @app.command(help=says("view"))
    def view(
        name: Annotated[str, typer.Argument(help=says("option.view"), metavar="NAME")],
        file: File = default_file,
        format: Annotated[str, typer.Option("--format", help=says("option.picture-format"), metavar="FORMAT")] = "",
        paper: Paper = "slide",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        before: Before = "",
        layout: Annotated[
            Path | None, typer.Option("--layout", help=says("option.layout"), metavar="FILE.json")
        ] = None,
        access: Access = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        format = api.picture_format(format, to)
        choice("--format", format, tuple(api.PICTURE_FORMATS))
        choice("--paper", paper, PAPERS)
        not_to_terminal(format, to)
        if layout and layout.suffix.lower() != ".json":
            raise UsageError("cli.bad-suffix", found=layout.suffix.removeprefix("."), allowed="json")
        found, code = _found(file, before, access, lang)
        if found is None:
            return code
        made = api.view(found.loaded, name, lang, found.earlier, found.check)
        places = api.remembered(layout, name, paper) if layout else {}
        pages = api.spell_view(made, format, paper, places)
        if not pages:
            raise UsageError("cli.empty-view", found=name)
        if layout:
            _tell(api.keep_places(layout, name, paper, api.scenes(made, paper, places), places), lang)
        if len(pages) == 1:
            put(pages[0] if format in BINARY else pages[0].decode(), to, api.PICTURE_FORMATS[format])
            say_written(to, lang)
            return FINE
        if to is None:
            raise UsageError("cli.view-pages", found=name, count=str(len(pages)))
        sort = api.PICTURE_FORMATS[format]
        each = [(to.with_stem(f"{to.stem}-{at}"), page, sort) for at, page in enumerate(pages, 1)]
        api.write_several(each)
        print(text("cli.view-written", lang, count=len(each), first=each[0][0].name), file=sys.stderr)
        return FINE

    @app.command(help=says("views"))
    def views(
        file: File = default_file,
        out: Annotated[Path | None, typer.Option("-o", "--out", help=says("option.views-out"), metavar="DIR")] = None,
        paper: Paper = "slide",
        before: Before = "",
        access: Access = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--paper", paper, PAPERS)
        found, code = _found(file, before, access, lang)
        if found is None:
            return code
        if out is None:
            print(api.views_text(found.architecture, lang), end="")
            return FINE
        Progress(lang)("draw")
        files, left = api.gallery(found.loaded, paper, lang, found.earlier, found.check)
        written = api.write_folder(out, files, {"views": paper})
        changed = written.changed - len(written.removed)
        print(text("cli.views-written", lang, count=len(files), path=str(out / "index.html"), changed=changed))
        for id, why in left:
            print(f"{id}: {why}")
        return FINDINGS if left else FINE

    @app.command(help=says("deck"))
    def deck(
        file: File = default_file,
        hearing: Annotated[str, typer.Option("--hearing", help=says("option.hearing"), metavar="ID")] = "",
        before: Before = "",
        to: Annotated[Path, typer.Option("-o", "--to", help=says("option.deck-to"), metavar="FILE.pptx")] = Path(
            "trinh-bay.pptx"
        ),
        access: Access = OFFICIALS,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        format = api.by_suffix("", to, api.DECK_FORMATS)
        found, code = _found(file, before, access, lang)
        if found is None:
            return code
        slides, left = api.deck(found.loaded, hearing, lang, found.earlier)
        put(api.spell_scenes(slides, format)[0], to, api.PICTURE_FORMATS[format])
        print(text("cli.deck-written", lang, path=str(to), count=len(slides)), file=sys.stderr)
        for why in left:
            print(why, file=sys.stderr)
        return FINDINGS if left else FINE


class _Found(NamedTuple):
    """An architecture as its readers may have it, an earlier version, and how reports on the whole are got."""

    loaded: "Loaded"
    architecture: "Architecture"
    earlier: "Architecture | None"
    check: "Callable[[], Sequence[Report]]"


def _found(file: Path, before: str, access: str, lang: str) -> tuple[_Found | None, int]:
    from kientruc import api

    file, loaded, code = opened(file, lang, access=access)
    if loaded.architecture is None:
        return None, code
    versions = [loaded]
    if before:
        version, code = opened_before(before, file, loaded.architecture, lang, access)
        if version.architecture is None:
            return None, code
        versions.append(version)
    shown, *others = api.cut_versions(versions, access)
    tell_author(shown, loaded, file, lang)
    earlier = others[0].architecture if others else None
    return _Found(shown.loaded, shown.architecture, earlier, lambda: shown.reports(api.check_all(loaded))), FINE


def _tell(moved: tuple[tuple[str, float], ...], lang: str) -> None:
    if moved:
        names = ", ".join(f"{id} ({distance:.0f} px)" for id, distance in moved[:SHOWN])
        more = ", …" if len(moved) > SHOWN else ""
        print(text("layout.moved", lang, count=len(moved), names=names + more), file=sys.stderr)
