"""A new architecture as files: YAML with comments that teach it as one reads, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import jinja2

from kientruc.editing.spelling import flow, spell, tidy
from kientruc.editing.spelling import key as key_of
from kientruc.renderers.escapes import markdown
from kientruc.views.skeleton import FOLDER, PartFile, Skeleton, unsaid

FILES = {
    "organisations": "co-quan.yaml",
    "sources": "nguon.yaml",
    "legal": "van-ban.yaml",
    "states": "trang-thai.yaml",
    "tasks": "nhiem-vu.yaml",
}
ROOT, README, IGNORE = "architecture.yaml", "README.md", ".gitignore"
UNPLACED = f"{FOLDER}/chua-xep.yaml"
IGNORED = "out/\nout-*/\n*.kientruc-tmp\n"
SHORT = 100  # columns of a collection on one line


def render(skeleton: Skeleton, lang: str) -> dict[str, str]:
    """Spell the files, by path with forward slashes; the comments are in the language asked for.

    Raises:
        Unwritable: a value cannot be written so that it is read back the same.
    """
    return dict(_files(skeleton, lang))


def _files(skeleton: Skeleton, lang: str) -> Iterator[tuple[str, str]]:
    fill = _Fill(lang)
    sections, edition = skeleton.sections, skeleton.edition
    told: dict[str, Any] = {"agency": skeleton.agency, "states": [*sections["states"]]}
    for place in skeleton.places:
        yield place.file, fill("part.yaml", **told, **_part(place, skeleton))
    if skeleton.unplaced is not None:
        yield UNPLACED, fill("chua-xep.yaml", **told, records_here=skeleton.unplaced)
    year = skeleton.head["cut_off"].year
    for section, file in FILES.items():
        here = {"records_here": sections[section], "contents": sections["contents"], "year": year}
        yield f"{FOLDER}/{file}", fill(file, **told, **here)
    yield IGNORE, IGNORED
    title, first = markdown(str(skeleton.head["name"])), skeleton.places[0].file.rpartition("/")[2]
    yield README, fill("README.md", title=title, edition_name=markdown(edition.about.name.in_(lang)), first_file=first)
    yield ROOT, fill("root.yaml", head=skeleton.head)  # the last to be written: before it there is no architecture


def _part(place: PartFile, skeleton: Skeleton) -> dict[str, Any]:
    """Give what the template of a component shows."""
    part = place.part
    component: dict[str, Any] = {"order": place.number, "name": part.name.vi, "name_en": part.name.en}
    component |= {"side": True} if part.side else {}
    component["maps"] = {skeleton.edition.places_of: list(part.places)}
    asked = {"ask": skeleton.agency} if place.elements else {}  # a default would speak for what a workbook brought
    component["responsible"] = {**unsaid("responsible"), **asked}
    below = [*part.below]
    return {
        "place": place,
        "part": part,
        "component": {part.id: component},
        "scheme": skeleton.edition.places_of,
        "first_below": below[0] if below else "",
        "width": max(map(len, below), default=0),
    }


class _Fill:
    """Fills the templates of one language."""

    def __init__(self, lang: str) -> None:
        here = files("kientruc.renderers").joinpath(f"templates/skeleton/{lang}")
        self.environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(lambda name: here.joinpath(name).read_text(encoding="utf-8")),
            autoescape=False,  # noqa: S701 - YAML, not HTML: every value is spelled by `spell`
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.globals |= {"entry": entry, "records": records}

    def __call__(self, name: str, /, **values: object) -> str:
        return self.environment.get_template(f"{name}.jinja").render(**values)


def entry(key: str, value: object, depth: int) -> str:
    """Spell one key with its value, so many levels deep: what is short on one line; the last line has no end."""
    pad, plain = "  " * depth, tidy(value)
    short = f"{pad}{key}: {flow(plain)}" if isinstance(plain, dict | list) else ""
    if short and len(short) <= SHORT:
        return short
    spelt = spell(plain)
    return "\n".join((f"{pad}{key}: {spelt.inline}".rstrip(), *(f"{pad}  {line}".rstrip() for line in spelt.below)))


def records(found: Mapping[str, object], depth: int) -> str:
    """Spell records one after the other, each as a block, so many levels deep."""
    pad = "  " * depth
    lines = (line for id, one in found.items() for line in _block(id, one))
    return "\n".join(f"{pad}{line}".rstrip() for line in lines)


def _block(id: str, one: object) -> Iterator[str]:
    """Spell one record: its fields below its id, however short it is."""
    assert isinstance(one, Mapping)
    yield f"{key_of(id, False)}:"
    for key, value in one.items():
        yield from entry(key, value, 1).split("\n")
