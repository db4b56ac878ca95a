"""Write docs/commands.*.md, codes.*.md, values.*.md and places.*.md: `python -m tools.make_reference_pages`.

Commands and options are read off the parser, codes off the catalogue with the smallest inputs of tests/cases/, values
off the models, places off the editions. What stands around them is in tools/reference_pages.yaml.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer.main
import yaml

from kientruc import api
from kientruc.cli.app import make_app
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded, load, load_text
from kientruc.messages import LANGUAGES, has, keys, text
from kientruc.model.architecture import SECTIONS
from kientruc.renderers.card_md import anchor
from kientruc.renderers.escapes import markdown
from kientruc.views.card import code_card
from kientruc.views.closed_values import closed
from kientruc.views.difference_words import Words
from kientruc.views.remarks import remark
from tests.conftest import HEAD

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CASES = ROOT / "tests" / "cases"
WORDS = ROOT / "tools" / "reference_pages.yaml"
Said = Mapping[str, Any]


def pages() -> Iterator[tuple[str, str]]:
    """Give each page: its path below docs/, and its text."""
    words: Mapping[str, Mapping[str, Said]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        for name, lines in (("commands", commands), ("codes", codes), ("values", values), ("places", places)):
            said = words[lang][name]
            head = (f"# {said['title']}", "", said["intro"])
            yield f"{name}.{lang}.md", "\n".join((*head, *lines(said, lang))).rstrip() + "\n"


def commands(said: Said, lang: str) -> Iterator[str]:
    """Tell every command, with those of a group behind it."""
    for name, command in typer.main.get_command(make_app(lang)).commands.items():  # type: ignore[attr-defined]
        yield from _command(name, command, said)


def _command(name: str, command: Any, said: Said) -> Iterator[str]:
    """Tell a command; its classes are private to typer, so it is known by what it holds."""
    yield f'<a id="{anchor(name.replace(" ", "-"))}"></a>\n\n## {name}\n\n{markdown(command.help)}\n'
    within: Mapping[str, Any] = getattr(command, "commands", {})
    if not within:
        arguments = [one for one in command.params if one.param_type_name == "argument"]
        told = " ".join(f"{_value(one)}" if one.required else f"[{_value(one)}]" for one in arguments)
        yield f"```sh\nkientruc {name} {told}".rstrip() + "\n```\n"
        yield f"| {said['option']} | {said['meaning']} | {said['default']} |\n|---|---|---|"
        yield from (_option(one, said) for one in command.params if one.name != "lang")
        yield ""
    for inner, one in within.items():
        yield from _command(f"{name} {inner}", one, said)


def _option(one: Any, said: Said) -> str:
    if one.param_type_name == "argument":
        called = f"`{_value(one)}`"
    else:
        names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
        called = names if one.is_flag else f"{names} `{_value(one)}`".replace("|", r"\|")
    told = markdown(one.help or "")
    plain = one.default not in (None, "", False, 0) and not callable(one.default)
    default = said["needed"] if one.required else f"`{one.default}`" if plain else ""
    return f"| {called} | {told} | {default} |"


def _value(one: Any) -> str:
    return str(one.metavar or ("N" if "Int" in type(one.type).__name__ else one.name.upper()))


def codes(said: Said, lang: str) -> Iterator[str]:
    """Tell every code, by families; where a text alone brings it about, with the shortest."""
    found = sorted(key.removeprefix("finding.") for key in keys(lang) if key.startswith("finding."))
    families: Mapping[str, str] = said["families"]
    for letter, about in families.items():
        inside = [code for code in found if code.startswith(f"{letter}-")]
        links = " ".join(f"[`{code}`](#{anchor(code)})" for code in inside)
        yield f"- **{letter}**: {about}: {links}"
    left = [code for code in found if code.partition("-")[0] not in families]
    assert not left, f"codes of no family: {left}"
    yield f"\n## {said['head']}\n\n```yaml\n{HEAD}```\n"
    for code in found:
        yield from _code(code, said, lang)


def _code(code: str, said: Said, lang: str) -> Iterator[str]:
    yield f'<a id="{anchor(code)}"></a>\n\n## {code}\n'
    for row in code_card(code, lang).rows:
        yield f"- **{row.label}**: {markdown(row.words)}"
    example = next((path for path in sorted(CASES.glob(f"{code}*.yaml")) if _of(path) == code), None)
    if example:
        written = example.read_text(encoding="utf-8")
        told = remark(_loaded(written).findings[0], lang)
        shown = written.split("\n", 2)[2].rstrip("\n")
        yield f"- **{said['says']}**: {markdown(told.message)} {markdown(told.remedy)}"
        fence = "````" if "```" in shown else "```"
        yield f"\n<details><summary>{said['example']}</summary>\n\n{fence}yaml\n{shown}\n{fence}\n\n</details>"
    yield ""


def _of(case: Path) -> str:
    """Give the code that a case is of: its name up to what tells it from others of that code."""
    return "-".join(case.stem.split("-")[:2])


def _loaded(case: str) -> Loaded:
    """Load a case as its test does: as the root file, or included by one that has the common head."""
    name = case.split("\n")[1].removeprefix("# expects: ").partition(":")[0]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root.yaml"
        for path, text in ((root, HEAD), (root.with_name(name), case)):
            path.write_text(text, encoding="utf-8", newline="")
        return load(root)


def values(said: Said, lang: str) -> Iterator[str]:
    """Tell every field that takes one of a few words, with what each means."""
    loaded = load_text(HEAD.rpartition("include")[0]).architecture
    assert loaded is not None
    words = Words(loaded, loaded, lang)
    for (key, allowed), sections in sorted(closed().items()):
        title = text(f"field.{key}", lang) if has(f"field.{key}", lang) else ""
        called = f"{sections[0]}.{key}" if len(sections) == 1 else key
        yield f'<a id="{called}"></a>\n\n## {markdown(called)}{": " + markdown(title) if title else ""}\n'
        where = said["every"] if {*SECTIONS} <= {*sections} else ", ".join(f"`{one}`" for one in sections)
        yield f"{said['where']}: {where}\n"
        yield f"| {said['value']} | {said['reads']} |\n|---|---|"
        yield from (f"| `{value}` | {markdown(words.value(value, key))} |" for value in allowed)
        yield ""


def places(said: Said, lang: str) -> Iterator[str]:
    """Tell the places of every edition, each below the one it lies in."""
    for edition in (api.edition(id) for id in edition_ids()):
        found = edition.words.places
        if edition.places_of != edition.id or not found:
            continue
        yield f'<a id="{edition.id}"></a>\n\n## {edition.id}: {markdown(edition.about.name.in_(lang))}\n'
        yield f"| {said['place']} | {said['name']} | {said['within']} | |\n|---|---|---|---|"
        for id, place in sorted(found.items(), key=lambda one: (one[1].order, one[0])):
            within = f"`{place.parent}`" if place.parent else ""
            duty = place.obligation.value
            told = text(f"obligation.{duty}", lang) if has(f"obligation.{duty}", lang) else ""
            yield f"| `{id}` | {markdown(place.name.in_(lang))} | {within} | {told} |"
        yield ""


if __name__ == "__main__":
    for name, page in pages():
        (DOCS / name).write_text(page, encoding="utf-8", newline="\n")
        sys.stdout.write(f"docs/{name}\n")
