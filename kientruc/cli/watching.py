"""Commands that stay: `kientruc check --watch` tells what each save changed, `kientruc serve` shows it in a browser."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FINE, PRINTED, print_loading, print_refused, renew_schema, words
from kientruc.errors import KientrucError
from kientruc.messages import text
from kientruc.renderers.escapes import clean

if TYPE_CHECKING:
    from kientruc.serving.live import Live
    from kientruc.serving.session import Asked, Compared, Load, Session


def add_serving(app: typer.Typer, lang: str) -> None:
    """Add the command."""
    says = words(lang)

    @app.command(help=says("serve"))
    def serve(
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        port: Annotated[int, typer.Option("--port", help=says("option.port"), min=0, max=65535)] = 0,
        browse: Annotated[bool, typer.Option("--open", help=says("option.open_browser"))] = False,
        edition: Annotated[
            list[str] | None, typer.Option("--edition", help=says("option.edition"), metavar="ID")
        ] = None,
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        waivers: Annotated[Path | None, typer.Option("--waivers", help=says("option.waivers"), metavar="FILE")] = None,
        answers: Annotated[Path | None, typer.Option("--answers", help=says("option.answers"), metavar="FILE")] = None,
        poll: Annotated[bool, typer.Option("--poll", help=says("option.poll"))] = False,
        max_elements: Annotated[int, typer.Option("--max-elements", help=says("option.max_elements"), min=0)] = 0,
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api
        from kientruc.serving.live import Live
        from kientruc.serving.server import Server
        from kientruc.serving.session import Asked

        root, limits = api.root_file(file), api.limits(max_elements)
        live = Live()
        server = Server(live, port, {"lost": text("live.lost", lang)}, text("live.refused", lang))
        Thread(target=server.serve_forever, daemon=True).start()
        print(text("serve.at", lang, url=server.url))
        print(text("serve.private", lang), flush=True)
        if browse:
            import webbrowser

            webbrowser.open(server.url)
        asked = Asked(root, limits, tuple(edition or ()), on, (), waivers, answers)
        try:
            return stay(asked, poll, lang, lambda session, load: _show(session, load, live, lang))
        finally:
            live.close()
            server.shutdown()
            server.server_close()


def watch(asked: "Asked", poll: bool, lang: str) -> int:
    """Check at once and after each save: what is wrong with the files first, then what the check found."""
    return stay(asked, poll, lang, lambda session, load: _tell(session, load, lang))


def stay(asked: "Asked", poll: bool, lang: str, do: "Callable[[Session, Load], None]") -> int:
    """Load at once and after each save, and do something with what came of it; Ctrl-C alone ends it.

    Returns:
        The exit code: 0, or 2 where the files of the reviewer are unusable from the start.
    Raises:
        KientrucError: what was asked for is wrong from the start.
    """
    from kientruc.serving.roots import other_roots
    from kientruc.serving.session import Session
    from kientruc.serving.watching import rounds

    if others := other_roots(asked.root):
        print(clean(text("watch.other-roots", lang, root=asked.root.name, others=", ".join(others))), file=sys.stderr)
    session, stop, done = Session(asked), Event(), False
    try:
        for _ in rounds(session.watched, stop, poll, lambda: print(text("watch.deaf", lang), file=sys.stderr)):
            try:
                if load := session.load():
                    if load.review.findings and not done:
                        return print_refused(load.review, lang)
                    do(session, load)
                    renew_schema(asked.root, load.loaded, lang)
                    print(text("watch.waiting", lang, count=len(load.loaded.files)), flush=True)
            except Exception as error:
                if not done or isinstance(error, BrokenPipeError):  # nobody reads on
                    raise
                print(clean(_said(error, lang)), file=sys.stderr)  # the next save may mend it
            done = True
            gc.collect()  # between two saves, when nobody waits for it
    except KeyboardInterrupt:
        print(text("watch.stopped", lang), file=sys.stderr)
    return FINE


def _said(error: Exception, lang: str) -> str:
    from kientruc.api.near import sentence

    if isinstance(error, KientrucError):
        return sentence(error, lang)
    return text("cli.internal", lang, name=type(error).__name__, why=str(error)[:200])


def _tell_loading(session: "Session", load: "Load", lang: str) -> None:
    """Say which files changed, what is wrong with them, and what no longer is."""
    from kientruc.views.remarks import remark

    if load.changed:
        print()
        print(clean(text("watch.changed", lang, paths=", ".join(load.changed))))
    print_loading(load.loaded, session.asked.root, lang)
    for finding in load.mended[:PRINTED]:
        one = remark(finding, lang)
        print(clean(text("watch.mended-one", lang, code=one.code, message=one.message)))
    sys.stdout.flush()


def _tell(session: "Session", load: "Load", lang: str) -> None:
    from kientruc.cli.checking import FEW, print_notes, print_outcomes, print_summary

    root, loaded = session.asked.root, load.loaded
    _tell_loading(session, load, lang)
    if load.review.findings:
        print_refused(load.review, lang)
        return
    found = session.check(load)
    for one in found:
        last = one is found[-1]
        if one.new is None:
            print_outcomes(loaded, one.report, root, lang, last)
            continue
        if _tell_change(one, root, lang):
            print_summary(one.report, lang, last, FEW, root)
    if loaded.architecture is None:
        print(text("text.not-evaluated", lang))
    print_notes([one.report for one in found], load.review, lang)


def _tell_change(found: "Compared", root: Path, lang: str) -> bool:
    """Tell what the check found otherwise than the last time, and whether it did."""
    from kientruc import api

    assert found.new is not None and found.gone is not None
    remarks, new = api.outcome_remarks(found.new, lang, PRINTED)
    mended, gone = api.outcome_remarks(found.gone, lang, PRINTED)
    print(text("watch.compared" if new or gone else "watch.same", lang, new=new, gone=gone))
    for line in api.terminal(remarks, lang, root):
        print(line)
    for remark in mended:
        print(clean(text("watch.mended-one", lang, code=remark.code, message=remark.message)))
    return bool(new or gone)


def _show(session: "Session", load: "Load", live: "Live", lang: str) -> None:
    from kientruc.serving.pages import show

    _tell_loading(session, load, lang)
    if load.review.findings:
        print_refused(load.review, lang)
    show(session, load, live, lang)
