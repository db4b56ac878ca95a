"""The page of the Python API: every name that stays, from its signature and docstring; `make pages` runs it."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kientruc import api
from kientruc.api.stable import STABLE

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "api.md"
HEAD = Path(__file__).with_suffix(".md")
WORDS = {"Args": "Arguments"}
LONGEST = 40  # characters of a default that is shown
TITLES = {
    "load": "Loading",
    "check": "Checking",
    "look": "Looking",
    "draw": "Drawing",
    "compare": "Comparing versions",
    "write": "Results, papers, workbooks",
    "change": "Changing the files",
    "send": "Sending and verifying",
    "editions": "Editions of the framework",
}
_SECTION = re.compile(r"^(Args|Returns|Raises|Example|Source):$", re.MULTILINE)
_ITEM = re.compile(r"^(\w[\w, ]*): (.*)", re.DOTALL)
_DOCTEST = re.compile(r" *# doctest:.*")


def page() -> str:
    """Spell the page."""
    lines = [HEAD.read_text(encoding="utf-8").rstrip()]
    for topic, names in STABLE.items():
        lines += ["", f"## {TITLES[topic]}"]
        for name in names:
            lines += ["", *_entry(f"api.{name}", getattr(api, name), 3)]
    return "\n".join(lines) + "\n"


def signatures() -> Iterator[str]:
    """Give each name that stays with its arguments, and of a class its fields and methods too."""
    for names in STABLE.values():
        for name in names:
            thing = getattr(api, name)
            yield _signature(name, thing)
            yield from (f"  {line}" for line in _members(thing))


def _entry(called: str, thing: Any, level: int) -> Iterator[str]:
    signature = _signature(called, thing)
    yield f"{'#' * level} {called}"
    if "(" in signature:
        yield from ("", "```python", signature, "```")
    yield from ("", *_doc(thing))
    members = list(_members(thing))
    if members:
        yield from ("", "```python", *members, "```")


def _signature(called: str, thing: Any) -> str:
    """Spell what is called and how; a long default as an ellipsis."""
    try:
        found = inspect.signature(thing)
    except ValueError:
        return called
    parts = []
    for one in found.parameters.values():
        said = f"{one.name}: {_type(one.annotation)}" if one.annotation is not one.empty else one.name
        if one.default is not one.empty:
            default = one.default.as_posix() if isinstance(one.default, Path) else one.default
            told = repr(default)
            said += f" = {told if len(told) <= LONGEST else '…'}"
        parts.append(said)
    back = (
        ""
        if inspect.isclass(thing) or found.return_annotation is found.empty
        else f" -> {_type(found.return_annotation)}"
    )
    return f"{called}({', '.join(parts)}){back}"


def _type(annotation: Any) -> str:
    named = annotation if isinstance(annotation, str) else getattr(annotation, "__forward_arg__", None)
    return re.sub(r"\b[a-z_]+\.", "", named or inspect.formatannotation(annotation))


def _members(thing: Any) -> Iterator[str]:
    """Give the public methods and properties of a class, each with its first line."""
    if not inspect.isclass(thing):
        return
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"{name}  # {_first(member)}"
        elif inspect.isfunction(member):
            yield f"{_signature(name, member).replace('(self, ', '(').replace('(self)', '()')}  # {_first(member)}"


def _first(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


def _doc(thing: Any) -> Iterator[str]:
    """Spell a docstring: prose, then its sections as lists, then its example."""
    doc = (inspect.getdoc(thing) or "").rstrip()
    parts = _SECTION.split(doc)
    yield parts[0].rstrip()
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        text = inspect.cleandoc(body)
        if title == "Example":
            yield from ("", "```pycon", *(_DOCTEST.sub("", line) for line in text.splitlines()), "```")
            continue
        yield from ("", f"**{WORDS.get(title, title)}**", "")
        for item in re.split(r"\n(?=\S)", text):
            found = _ITEM.match(item)
            words = " ".join((found[2] if found else item).split())
            yield f"- `{found[1]}`: {words}" if found else f"- {words}"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
