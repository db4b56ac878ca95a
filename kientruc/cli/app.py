"""Arguments in, exit code out; no decision lives here. Heavy modules are imported inside the commands."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kientruc.cli.ask import add_ask
from kientruc.cli.comments import add_comments
from kientruc.cli.common import (
    FAILED,
    FINDINGS,
    FINE,
    PRINTED,
    USAGE,
    Progress,
    choice,
    opened,
    opened_before,
    print_loading,
    print_refused,
)
from kientruc.cli.diff import add_diff
from kientruc.cli.dossier import add_dossier
from kientruc.cli.forms import add_forms
from kientruc.cli.status import add_status
from kientruc.errors import KientrucError, UsageError
from kientruc.messages import LANGUAGES, text
from kientruc.renderers.escapes import clean

if TYPE_CHECKING:
    from kientruc.api import Report
    from kientruc.loading import Loaded
    from kientruc.review import Review
    from kientruc.validators.packs import Linted

SHOWN = 5  # places shown where a renamed id is left in text
FAIL_ON = ("never", "info", "minor", "major", "blocker", "must")


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
    if lang not in LANGUAGES:
        print(text("cli.unknown-lang", "vi", found=lang), file=sys.stderr)
        return USAGE
    try:
        return make_app(lang, arguments)(args=arguments, prog_name="kientruc", standalone_mode=False) or FINE
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        print(text("cli.interrupted", lang), file=sys.stderr)
        return FAILED
    except KientrucError as error:
        print(clean(_sentence(error, lang)), file=sys.stderr)
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # the reader of a pipe left; the parser's own way of saying so is an exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _other(error, lang)


def _sentence(error: KientrucError, lang: str) -> str:
    from kientruc.api.near import near_words

    near = {"near": near_words(error.values["nearest"], lang)} if "nearest" in error.values else {}
    return text(error.key, lang, **{**error.values, **near})


def _other(error: Exception, lang: str) -> int:
    if hasattr(error, "format_message"):  # a usage error of the argument parser
        print(clean(text("cli.usage", lang, why=error.format_message())), file=sys.stderr)
        return USAGE
    if os.environ.get("KIENTRUC_DEBUG"):
        raise error
    print(clean(text("cli.internal", lang, name=type(error).__name__, why=str(error)[:200])), file=sys.stderr)
    return FAILED


def make_app(lang: str, arguments: Sequence[str] = ()) -> typer.Typer:
    """Build the commands with their help in one language: the one that the arguments begin with, else all."""

    def says(key: str) -> str:
        return text(f"cli.{key}", lang)

    file_argument = typer.Argument(help=says("option.file"), metavar="FILE")
    lang_option = typer.Option("--lang", help=says("option.lang"), metavar="vi|en")
    edition_option = typer.Option("--edition", help=says("option.edition"), metavar="ID")
    waivers_option = typer.Option("--waivers", help=says("option.waivers"), metavar="FILE")
    answers_option = typer.Option("--answers", help=says("option.answers"), metavar="FILE")
    baseline_option = typer.Option("--baseline", help=says("option.baseline"), metavar="FILE")
    on_option = typer.Option("--on", help=says("option.on"), metavar="DATE")
    limit_option = typer.Option("--max-elements", help=says("option.max_elements"), min=0)
    fail_option = typer.Option("--fail-on", help=says("option.fail_on"), metavar="|".join(FAIL_ON))
    File = Annotated[Path, file_argument]
    Lang = Annotated[str, lang_option]
    Editions = Annotated[list[str] | None, edition_option]
    Waivers = Annotated[Path | None, waivers_option]
    Answers = Annotated[Path | None, answers_option]
    Baseline = Annotated[Path | None, baseline_option]
    On = Annotated[str, on_option]
    MaxElements = Annotated[int, limit_option]
    default_file = Path("architecture.yaml")
    app = typer.Typer(
        help=says("app"),
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback(invoke_without_command=True)
    def root(
        version: Annotated[bool, typer.Option("--version", help=says("option.version"))] = False, lang: Lang = lang
    ) -> None:
        if version:
            from kientruc import __version__

            print(f"kientruc {__version__}")
            raise typer.Exit

    @app.command(help=says("build"))
    def build(
        file: File = default_file,
        out: Annotated[Path, typer.Option("-o", "--out", help=says("option.out"), metavar="DIR")] = Path("out"),
        edition: Editions = None,
        on: On = "",
        waivers: Waivers = None,
        answers: Answers = None,
        baseline: Baseline = None,
        fail_on: Annotated[str, fail_option] = "never",
        keep: Annotated[str, typer.Option("--keep", help=says("option.keep"), metavar="stop|beside")] = "stop",
        max_elements: MaxElements = 0,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--fail-on", fail_on, FAIL_ON)
        choice("--keep", keep, ("stop", "beside"))
        progress = Progress(lang)
        progress("load")
        file = api.root_file(file)
        review = api.review(file, waivers, answers, baseline)
        if review.findings:
            return print_refused(review, lang)
        loaded = api.load(file, api.limits(max_elements))
        if loaded.architecture is None:
            print_loading(loaded, file, lang)
            print(text("cli.not-built", lang, folder=str(out)), file=sys.stderr)
            return FAILED if loaded.refused else FINDINGS
        reports = api.check_all(loaded, edition or (), api.day(on, loaded), review)
        written = api.build(loaded, reports, out, lang, keep, progress)
        for kept, beside in written.beside:
            print(text("cli.beside", lang, path=kept, beside=beside))
        if written.removed:
            print(text("cli.removed", lang, paths=", ".join(written.removed)))
        for picture, paper in written.small:
            print(text("cli.small-text", lang, picture=picture, paper=paper), file=sys.stderr)
        for report in reports:
            _print_summary(report, lang, report is reports[-1])
        _print_notes(reports, review, lang)
        key = "cli.built" if written.changed else "cli.built-unchanged"
        print(
            text(
                key,
                lang,
                count=written.files,
                folder=str(out),
                report=str(out / dict(written.beside).get(written.report, written.report)),
            )
        )
        return FINDINGS if any(api.fails(report, fail_on) for report in reports) else FINE

    @app.command(help=says("check"))
    def check(
        file: File = default_file,
        edition: Editions = None,
        on: On = "",
        waivers: Waivers = None,
        answers: Answers = None,
        baseline: Baseline = None,
        only: Annotated[list[str] | None, typer.Option("--only", help=says("option.only"), metavar="ID")] = None,
        fail_on: Annotated[str, fail_option] = "must",
        format: Annotated[
            str,
            typer.Option(
                "--format", help=says("option.format"), metavar="text|json|sarif|sarif-github|junit|md|csv|xlsx"
            ),
        ] = "",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        max_elements: MaxElements = 0,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--fail-on", fail_on, FAIL_ON)
        format = api.result_format(format, to)
        choice("--format", format, ("text", *api.RESULT_FORMATS))
        if format == "xlsx" and to is None and sys.stdout.isatty():
            raise UsageError("cli.binary-terminal", format=format)
        file = api.root_file(file)
        review = api.review(file, waivers, answers, baseline)
        if review.findings:
            return print_refused(review, lang)
        loaded = api.load(file, api.limits(max_elements))
        reports = api.check_all(loaded, edition or (), api.day(on, loaded), review, only or ())
        if format == "text":
            print_loading(loaded, file, lang)
            for report in reports if loaded.architecture else reports[:1]:
                _print_outcomes(loaded, report, file, lang, report is reports[-1])
            _print_notes(reports, review, lang)
        elif to is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(api.spell_results(loaded, reports, format, lang, file))
        else:
            api.write_results(to, api.spell_results(loaded, reports, format, lang, file), format)
        if loaded.refused:
            return FAILED
        return FINDINGS if any(api.fails(report, fail_on) for report in reports) else FINE

    @app.command(help=says("show"))
    def show(
        id: Annotated[str, typer.Argument(help=says("option.id"), metavar="ID")],
        file: File = default_file,
        edition: Editions = None,
        on: On = "",
        before: Annotated[
            list[str] | None, typer.Option("--before", help=says("option.before"), metavar="FILE|DIR|REF")
        ] = None,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|json|md")] = "text",
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        choice("--format", format, api.SHOW_FORMATS)
        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            return code
        reports = api.check_all(loaded, edition, api.day(on, loaded)) if edition else ()
        earlier = []
        for called in before or ():
            version, code = opened_before(called, file, lang)
            if version is None:
                return code
            earlier.append((version.head.version or called, version))
        print(api.show(loaded.architecture, id, lang, format, reports, earlier), end="")
        return FINE

    @app.command(help=says("view"))
    def view(
        name: Annotated[str, typer.Argument(help=says("option.view"), metavar="NAME")],
        file: File = default_file,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="svg|png")] = "",
        paper: Annotated[str, typer.Option("--paper", help=says("option.paper"), metavar="slide|a3")] = "slide",
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        format = api.picture_format(format, to)
        choice("--format", format, ("svg", "png"))
        choice("--paper", paper, ("slide", "a3"))
        if format == "png" and to is None and sys.stdout.isatty():
            raise UsageError("cli.binary-terminal", format=format)
        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            return code
        data = api.picture(loaded.architecture, name, format, paper, lang)
        if to is None:
            sys.stdout.buffer.write(data)
        else:
            api.write_one(to, data)
        return FINE

    @app.command(help=says("rename"))
    def rename(
        old: Annotated[str, typer.Argument(help=says("option.old"), metavar="OLD")],
        new: Annotated[str, typer.Argument(help=says("option.new"), metavar="NEW")],
        file: File = default_file,
        section: Annotated[str, typer.Option("--section", help=says("option.section"), metavar="SECTION")] = "",
        dry_run: Annotated[bool, typer.Option("--dry-run", help=says("option.dry_run"))] = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            print(text("rename.not-loaded", lang), file=sys.stderr)
            return code
        renamed = api.rename(file, loaded, old, new, section)
        if dry_run:
            sys.stdout.write(renamed.patch.diff())
        else:
            renamed.patch.write(file.parent)
        count = {"count": renamed.places, "files": len(renamed.patch.files)}
        key = "rename.would" if dry_run else "rename.done"
        print(text(key, lang, old=old, new=new, **count), file=sys.stderr if dry_run else sys.stdout)
        if renamed.left:
            where = ", ".join(dict.fromkeys(f"{span.path}:{span.line}" for span in renamed.left[:SHOWN]))
            print(text("rename.left", lang, old=old, count=len(renamed.left), where=where), file=sys.stderr)
        return FINE

    @app.command(help=says("fmt"))
    def fmt(
        file: File = default_file,
        check: Annotated[bool, typer.Option("--check", help=says("option.check"))] = False,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        file = api.root_file(file)
        loaded = api.load(file)
        if loaded.refused:
            print_loading(loaded, file, lang)
            return FAILED
        patch, refused = api.fmt(loaded)
        unread = api.unread_remarks(loaded, lang)
        for line in api.terminal(unread, lang, file):
            print(line)
        for error in refused:
            print(text(error.key, lang, **error.values), file=sys.stderr)
        if not check:
            patch.write(file.parent)
        for edited in patch.files:
            print((file.parent / edited.file.path).as_posix())
        count = {"changed": len(patch.files), "count": len(loaded.files)}
        print(text("fmt.would" if check else "fmt.done", lang, **count), file=sys.stderr)
        return FINDINGS if refused or unread or (check and patch.files) else FINE

    @app.command(help=says("explain"))
    def explain(
        code: Annotated[str, typer.Argument(help=says("option.code"), metavar="CODE")], lang: Lang = lang
    ) -> int:
        from kientruc import api

        print(api.explain(code, lang))
        return FINE

    @app.command(help=says("schema"))
    def schema(
        to: Annotated[Path | None, typer.Option("--to", help=says("option.to"), metavar="FILE")] = None,
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        data = api.schema(lang)
        if to is None:
            sys.stdout.write(data)
        else:
            api.write_one(to, data.encode())
        return FINE

    add_ask(app, lang)
    add_dossier(app, lang)
    add_diff(app, lang)
    add_forms(app, lang)
    add_status(app, lang)
    _add_migrate(app, lang)
    _add_editions(app, lang)
    add_comments(app, lang)
    _keep_asked(app, arguments)
    return app


def _keep_asked(app: typer.Typer, arguments: Sequence[str]) -> None:
    """Leave out the commands that were not asked for: typer reads every signature it is given before it runs one."""
    asked = arguments[0] if arguments else ""
    commands = [one for one in app.registered_commands if one.callback and (one.name or one.callback.__name__) == asked]
    groups = [one for one in app.registered_groups if one.name == asked]
    if commands or groups:
        app.registered_commands, app.registered_groups = commands, groups


def _add_migrate(app: typer.Typer, lang: str) -> None:
    """Add the command that moves an architecture to another edition."""

    def says(key: str) -> str:
        return text(f"cli.{key}", lang)

    @app.command(help=says("migrate"))
    def migrate(
        to: Annotated[str, typer.Option("--to", help=says("option.to_edition"), metavar="EDITION")],
        file: Annotated[Path, typer.Argument(help=says("option.file"), metavar="FILE")] = Path("architecture.yaml"),
        origin: Annotated[str, typer.Option("--from", help=says("option.from_edition"), metavar="EDITION")] = "",
        apply: Annotated[bool, typer.Option("--apply/--dry-run", help=says("option.apply"))] = False,
        declare: Annotated[bool, typer.Option("--declare", help=says("option.declare"))] = False,
        format: Annotated[str, typer.Option("--format", help=says("option.format"), metavar="text|md|json")] = "",
        out: Annotated[Path | None, typer.Option("-o", "--out", help=says("option.to"), metavar="FILE")] = None,
        on: Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")] = "",
        lang: Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")] = lang,
    ) -> int:
        from kientruc import api

        format = api.migration_format(format, out)
        choice("--format", format, api.MIGRATION_FORMATS)
        file, loaded, code = opened(file, lang)
        if loaded.architecture is None:
            print(text("migrate.not-loaded", lang), file=sys.stderr)
            return code
        view, patch = api.migrate(file, loaded, to, origin, api.day(on, loaded) if on else None, declare, lang)
        if out:
            api.write_one(out, api.spell_migration(view, format, lang).encode())
        elif not apply or format != "text":
            sys.stdout.write(api.spell_migration(view, format, lang))
        count = {"count": view.edits, "files": len(view.files)}
        if not apply:
            print(text("migrate.would", lang, **count), file=sys.stderr)
            return FINE
        patch.write(file.parent)
        print(text("migrate.done", lang, **count), text("migrate.not-compliance", lang), file=sys.stderr, sep="\n")
        if format == "text":
            print("\n".join(api.migration_left(view, lang)))
        return FINE


def _add_editions(app: typer.Typer, lang: str) -> None:
    """Add the commands for those who write framework editions, or move from one to another."""

    def says(key: str) -> str:
        return text(f"cli.{key}", lang)

    Packs = Annotated[list[str] | None, typer.Argument(help=says("option.packs"), metavar="[ID|DIR]...")]
    Pack = Annotated[str, typer.Argument(help=says("option.packs"), metavar="ID|DIR")]
    Lang = Annotated[str, typer.Option("--lang", help=says("option.lang"), metavar="vi|en")]
    On = Annotated[str, typer.Option("--on", help=says("option.on"), metavar="DATE")]
    group = typer.Typer(help=says("editions"), no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="editions")

    @group.command("list", help=says("editions-list"))
    def list_(on: On = "", lang: Lang = lang) -> int:
        from kientruc import api

        for line in api.editions(on, lang):
            print(line)
        return FINE

    @group.command(help=says("editions-lint"))
    def lint(packs: Packs = None, lang: Lang = lang) -> int:
        return _lint(tuple(packs or ()), lang)

    @group.command(help=says("editions-test"))
    def test(packs: Packs = None, lang: Lang = lang) -> int:
        from kientruc import api

        found = api.lint(tuple(packs or ()), ())
        code = max((_refused(name, pack, lang) for name, pack in found), default=FINE)
        slips = 0
        for name, pack in found:
            for line in api.slip_lines(pack.edition, lang) if pack.edition else ():
                print(f"{name}/{line}")
                slips += 1
        print(text("editions.tested", lang, packs=len(found), count=slips))
        return code or (FINDINGS if slips else FINE)

    @group.command(help=says("editions-diff"))
    def diff(
        old: Pack,
        new: Pack,
        model: Annotated[Path | None, typer.Option("--model", help=says("option.file"), metavar="FILE")] = None,
        on: On = "",
        lang: Lang = lang,
    ) -> int:
        from kientruc import api

        second = api.lint((new,), ())
        packs = [*api.lint((old,), tuple(pack.edition.id for _, pack in second if pack.edition)), *second]
        code = max(_refused(name, pack, lang) for name, pack in packs)
        if code:
            return code
        root = api.root_file(model) if model else None
        loaded = api.load(root) if root else None
        if root and loaded and loaded.architecture is None:
            print_loading(loaded, root, lang)
            return FAILED if loaded.refused else FINDINGS
        day = api.day(on, loaded) if on and loaded else None
        for line in api.compare(packs[0][1], packs[1][1], loaded, day, lang):
            print(line)
        return FINE


def _lint(names: tuple[str, ...], lang: str) -> int:
    from kientruc import api

    found = api.lint(names)
    code = max((_refused(name, pack, lang) for name, pack in found), default=FINE)
    faults = sum(len(pack.findings) for _, pack in found)
    print(text("editions.linted", lang, packs=len(found), count=faults))
    return code


def _refused(name: str, pack: "Linted", lang: str) -> int:
    """Print what is wrong with a pack; a pack that is wrong is wrong usage, a hostile one is refused."""
    from kientruc import api

    for line in api.terminal(api.loading_remarks(pack, lang)[:PRINTED], lang, Path(name) / "edition.yaml"):
        print(line)
    if len(pack.findings) > PRINTED:
        print(text("text.more", lang, count=len(pack.findings) - PRINTED))
    if pack.refused:
        return FAILED
    return USAGE if pack.findings else FINE


def _print_outcomes(loaded: "Loaded", report: "Report", root: Path, lang: str, last: bool) -> None:
    from kientruc import api

    if loaded.architecture is None:
        print(text("text.not-evaluated", lang))
        return
    remarks, count = api.outcome_remarks(report, lang, PRINTED)
    for line in api.terminal(remarks, lang, root):
        print(line)
    if count > PRINTED:
        print(text("text.more", lang, count=count - PRINTED))
    _print_summary(report, lang, last)


def _print_notes(reports: "Sequence[Report]", review: "Review", lang: str) -> None:
    from kientruc import api

    for note, path in api.note_remarks(reports, review, lang):
        for line in api.terminal((note,), lang, path):
            print(line)


def _print_summary(report: "Report", lang: str, last: bool) -> None:
    from kientruc import api

    for line in api.summary(report, lang, last):
        print(line)
