"""Small changes to the files of an architecture: `kientruc add`, `kientruc set`, `kientruc move`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.common import FAILED, FINE, USAGE, opened, print_loading, words
from kientruc.errors import UsageError
from kientruc.messages import text

if TYPE_CHECKING:
    from kientruc.api import Changed
    from kientruc.loading import Loaded


def add_changing(app: typer.Typer, lang: str) -> None:
    """Add the commands."""
    says = words(lang)
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    Model = Annotated[Path, typer.Option("--model", help=says("option.file"), metavar="FILE")]
    Section = Annotated[str, typer.Option("--section", help=says("option.section"), metavar="SECTION")]
    Dry = Annotated[bool, typer.Option("--dry-run", help=says("option.dry_run"))]
    default_file = Path("architecture.yaml")

    @app.command(help=says("add"))
    def add(
        sort: Annotated[str, typer.Argument(help=says("option.sort"), metavar="KIND")],
        id: Annotated[str, typer.Argument(help=says("option.new_id"), metavar="ID")],
        name: Annotated[str, typer.Option("--name", help=says("option.called"), metavar="TEXT")] = "",
        name_en: Annotated[str, typer.Option("--name-en", help=says("option.name_en"), metavar="TEXT")] = "",
        component: Annotated[str, typer.Option("--component", help=says("option.component_of"), metavar="ID")] = "",
        owner: Annotated[str, typer.Option("--owner", help=says("option.owner"), metavar="ID")] = "",
        fields: Annotated[
            list[str] | None, typer.Option("--set", help=says("option.set"), metavar="FIELD=VALUE")
        ] = None,
        file: Annotated[str, typer.Option("--file", help=says("option.add_file"), metavar="FILE")] = "",
        model: Model = default_file,
        dry_run: Dry = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        given = (("name_en", name_en), ("component", component), ("owner", owner))
        some = [(field, [value]) for field, value in given if value]
        for pair in fields or ():
            field, sign, value = pair.partition("=")
            if not sign or not field:
                raise UsageError("add.pair", found=pair)
            same = next((values for known, values in some if known == field), None)
            if same is None:
                some.append((field, [value]))
            else:
                same.append(value)
        make = lambda root, loaded: api.add(root, loaded, sort, id, name, some, file)  # noqa: E731
        return _change(make, "add", model, dry_run, lang)

    @app.command("set", help=says("set"), context_settings={"ignore_unknown_options": True})
    def set_(
        id: Annotated[str, typer.Argument(help=says("option.set_id"), metavar="ID")],
        field: Annotated[str, typer.Argument(help=says("option.field"), metavar="FIELD")],
        values: Annotated[list[str] | None, typer.Argument(help=says("option.values"), metavar="[VALUE]...")] = None,
        unknown: Annotated[str, typer.Option("--unknown", help=says("option.set_unknown"), metavar="WHY")] = "",
        ask: Annotated[str, typer.Option("--ask", help=says("option.set_ask"), metavar="ID")] = "",
        by: Annotated[str, typer.Option("--by", help=says("option.set_by"), metavar="DATE")] = "",
        unset: Annotated[bool, typer.Option("--unset", help=says("option.unset"))] = False,
        section: Section = "",
        model: Model = default_file,
        dry_run: Dry = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        given = values or []
        if odd := next((value for value in given if value.startswith("--")), ""):
            raise UsageError("set.option", found=odd)
        if bool(given) + bool(unknown) + unset != 1:
            raise UsageError("set.one-of")
        if (ask or by) and not unknown:
            raise UsageError("set.ask-alone")
        unsaid = api.Unsaid(unknown, ask, by) if unknown else None
        make = lambda root, loaded: api.set_field(root, loaded, id, field, given, section, unsaid)  # noqa: E731
        return _change(make, "set", model, dry_run, lang)

    @app.command(help=says("move"))
    def move(
        id: Annotated[str, typer.Argument(help=says("option.set_id"), metavar="ID")],
        to: Annotated[str, typer.Argument(help=says("option.move_to"), metavar="FILE")],
        section: Section = "",
        model: Model = default_file,
        dry_run: Dry = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        make = lambda root, loaded: api.move(root, loaded, id, to, section)  # noqa: E731
        ready = lambda root, loaded: api.with_file(root, loaded, to)  # noqa: E731
        return _change(make, "move", model, dry_run, lang, ready)


def _change(
    make: "Callable[[Path, Loaded], Changed]",
    command: str,
    model: Path,
    dry_run: bool,
    lang: str,
    ready: "Callable[[Path, Loaded], Loaded] | None" = None,
) -> int:
    """Make a change, show it, and write it unless it is only to be shown."""
    from kientruc import api

    model, loaded, code = opened(model, lang, ready=ready)
    if loaded.architecture is None:
        print(text("change.not-loaded", lang), file=sys.stderr)
        return code
    try:
        changed = make(model, loaded)
    except api.WouldBreak as wrong:
        print_loading(wrong.loaded, model, lang, sys.stderr)
        print(text(wrong.key, lang, **wrong.values), file=sys.stderr)
        return FAILED if wrong.loaded.refused else USAGE
    sys.stdout.write(changed.patch.diff())
    if not dry_run and changed.patch.files:
        changed.patch.write(model.parent)
    if changed.after.findings:
        print_loading(changed.after, model, lang, sys.stderr)
    for key, values in changed.notes:
        print(text(key, lang, **values), file=sys.stderr)
    span = changed.record.span()
    at = f"{span.path}:{span.line}" if span else "–"
    key = "change.none" if not changed.patch.files else f"{command}.{'would' if dry_run else 'done'}"
    print(text(key, lang, id=changed.id, at=at), file=sys.stderr)
    return FINE
