"""Write docs/format.md, the reference of what a file may say, from the models: `python -m tools.make_format_page`.

What the models know (fields, kinds, verbs, legal pairs, words, limits) is read from them; the Vietnamese names of
sections come from docs/glossary.md, those of roles from the register. What no model says is in tools/format_page.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from kientruc.loading.relations import VERB_SECTIONS
from kientruc.model import values
from kientruc.model.architecture import OWN_ID_SPACE, SECTIONS, SINGULAR, Head
from kientruc.model.element import Relation, Stated
from kientruc.model.kinds import Kind
from kientruc.model.record import Named, Provenance, Record, Unknown
from kientruc.model.verbs import Verb
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, MIB
from kientruc.reading.yaml_file import parse

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "format.md"
HEAD = ROOT / "tools" / "format_page.md"  # what no model says; @words@ are filled in
ROLES = "kientruc/frameworks/roles.yaml"
# The small values, by the name of their alias in kientruc/model/values.py.
SMALL = {
    "Text": "text",
    "Line": "line",
    "Id": "id",
    "Int": "integer",
    "Year": "year",
    "Bool": "true or false",
    "Number": "number",
    "Day": "day",
    "Money": "money",
    "SecurityLevel": "1 to 5",
    "ServiceLevel": "1 to 4",
    "AnyId": "id of anything",
}
ALIASES = tuple((getattr(values, name), words) for name, words in SMALL.items())


def page() -> str:
    """Give the whole page."""
    units = ", ".join(f"{word} = {value:,}" for word, value in values.UNITS.items())
    limits = (
        f"{DEFAULT.file_bytes // MIB} MiB a file, {DEFAULT.total_bytes // MIB} MiB and {DEFAULT.files:,} files in all, "
        f"{DEFAULT.depth} levels, {DEFAULT.elements:,} elements (`--max-elements`), {DEFAULT.relations:,} relations, "
        f"includes {DEFAULT.include_depth} deep"
    )
    filled = {
        "units": units,
        "limits": limits,
        "provenance": ", ".join(_keys(Provenance)),
        "membership": ", ".join(f"`{word}`" for word in get_args(values.Membership)),
        "stated": ", ".join(f"`{key}`" for key in _keys(Stated)),
    }
    head = re.sub(r"@([a-z]+)@", lambda match: filled[match.group(1)], HEAD.read_text(encoding="utf-8"))
    lines = [
        head,
        *_kinds(),
        *_verbs(),
        *_roles(),
        *_sections(),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _kinds() -> Iterator[str]:
    yield f"## 5. {len(Kind)} loại thành phần · Kinds of element"
    yield from ("| kind | tiếng Việt | English | lớp · layer | trường riêng · own fields |", "|---|---|---|---|---|")
    for kind in Kind:
        own = ", ".join(f"`{name}`" for name in sorted(kind.own_fields))
        yield f"| `{kind.value}` | {kind.vi} | {kind.en} | {kind.layer.value} | {own} |"
    yield ""


def _verbs() -> Iterator[str]:
    yield "## 6. Quan hệ · Verbs, and what each may join"
    yield "Viết ở bên nguồn: một mã, `uses: lgsp`; nhiều mã, `uses: [lgsp, sso]`; hoặc dạng dài,"
    yield "`sends: [{to: ngsp, over: [tslcd], data: [ho-so-tthc]}]`. Nguồn là một bản ghi trong các mục sau. A verb is"
    owners = ", ".join(f"`{name}`" for name in sorted(VERB_SECTIONS))
    yield f"written on its source, a record of {owners}: an id, a list, or the long form:"
    yield from ("", "| trường · field | |", "|---|---|")
    yield from ("| `to` | id or list of id |", "| `id` | the relation's own id, in the shared space |")
    for key, words, _ in _fields(Relation):
        if key not in _keys(Record):
            yield f"| `{key}` | {words} |"
    yield f"\nand {', '.join(f'`{key}`' for key in _keys(Record))}, as in every record.\n"
    groups = _groups()
    told = "; ".join(f"**{name}** = {', '.join(kinds)}" for name, kinds in groups.items())
    yield f"Nhóm · Groups of kinds: {told}."
    yield "`same` là cùng loại với bên nguồn · the kind of the source. `element` là loại nào cũng được · any kind."
    yield from ("", "| verb | tiếng Việt | English | nguồn → đích · source → target |", "|---|---|---|---|")
    for verb in Verb:
        pairs = "<br>".join(f"{_ends(sources)} → {_ends(targets)}" for sources, targets in verb.pairs)
        yield f"| `{verb.value}` | {verb.vi} | {verb.en} | {pairs} |"
    yield ""


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    names = sorted({name for kind in Kind for name in kind.groups} - {kind.value for kind in Kind} - {"element"})
    return {name: tuple(kind.value for kind in Kind if name in kind.groups) for name in names}


def _ends(names: frozenset[str]) -> str:
    order = ("element", "same", *_groups(), *(kind.value for kind in Kind), *SINGULAR.values())
    return ", ".join(f"**{name}**" if name in _groups() else name for name in sorted(names, key=order.index))


def _roles() -> Iterator[str]:
    text = Workspace(ROOT, DEFAULT).read(ROLES)
    tree, _ = parse(text, DEFAULT)
    assert isinstance(tree, dict)
    yield "## 7. Vai trò · Roles"
    yield "`role` là cách yêu cầu nhận ra một thành phần, không qua mã riêng · how requirements recognise a thing."
    yield from ("", "| role | tiếng Việt | English |", "|---|---|---|")
    for name, role in tree.items():
        yield f"| `{name}` | {role['vi']} | {role['en']} |"
    yield ""


def _sections() -> Iterator[str]:
    yield "## 8. Các mục · Sections"
    yield "**Đậm**: bắt buộc · bold: required. Mọi bản ghi còn có · every record also has: "
    yield "; ".join(f"`{key}` ({words})" for key, words, _ in _fields(Record)) + "."
    yield "Bản ghi có tên còn có · named ones: "
    named = [field for field in _fields(Named) if field[0] not in _keys(Record)]
    yield "; ".join(f"{_key(key, required)} ({words})" for key, words, required in named) + "."
    nested: dict[str, type[BaseModel]] = {}
    titles = section_titles()
    everything: dict[str, type[Record]] = {"architecture": Head, **SECTIONS}
    for section, model in everything.items():
        own = " (không gian mã riêng · own id space)" if section in OWN_ID_SPACE else ""
        yield f"\n### `{section}` · {titles[section]}{own}"
        yield _caption(model)
        yield from _table(model, nested)
    yield "\n## 9. Phần bên trong · Parts of records"
    done: set[str] = set()
    while left := [name for name in nested if name not in done]:
        for name in left:
            done.add(name)
            yield f"\n### {name}"
            yield _caption(nested[name])
            yield from _table(nested[name], nested)


def _table(model: type[BaseModel], nested: dict[str, type[BaseModel]]) -> Iterator[str]:
    shared = set(_keys(Record)) if issubclass(model, Record) else set()
    if issubclass(model, Named):
        shared |= set(_keys(Named))
        yield "**Named.** "
    yield from ("", "| trường · field | |", "|---|---|")
    if model is Head:
        yield "| **`id`** | id |"
    for key, words, required in _fields(model, nested):
        if key not in shared:
            yield f"| {_key(key, required)} | {words} |"


def _key(key: str, required: bool) -> str:
    return f"**`{key}`**" if required else f"`{key}`"


def _caption(model: type[BaseModel]) -> str:
    """Give what the model says of itself, without what only its programmers need."""
    first = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
    return " ".join(part for part in re.split(r"(?<=\.) (?=[A-Z])", first) if ".py" not in part)


def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(key for key, _, _ in _fields(model))


def _fields(
    model: type[BaseModel], nested: dict[str, type[BaseModel]] | None = None
) -> Iterator[tuple[str, str, bool]]:
    """Give, for each field a file may write: its key, what it takes in words, whether it must be there."""
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        key = str(field.alias or field.validation_alias or name)
        if not key.startswith("\0"):
            yield key, _words(hints[name], {} if nested is None else nested), field.is_required()


def _words(kind: Any, nested: dict[str, type[BaseModel]]) -> str:
    for alias, words in ALIASES:
        if kind == alias:
            return words
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        refs = [mark for mark in arguments[1:] if isinstance(mark, values.Ref)]
        return f"id of {' or '.join(refs[0].sections)}" if refs else _words(arguments[0], nested)
    if origin in (Union, UnionType):
        found = [_words(one, nested) for one in arguments if one not in (NoneType, Unknown)]
        return " or ".join([*found, *(["unknown"] if Unknown in arguments else [])])
    if origin is Literal:
        return " · ".join(f"`{word}`" for word in arguments)
    if origin is tuple:
        return f"list of {_words(arguments[0], nested)}"
    if origin is dict:
        return f"mapping from {_words(arguments[0], nested)} to {_words(arguments[1], nested)}"
    return _plain(kind, nested)


def _plain(kind: Any, nested: dict[str, type[BaseModel]]) -> str:
    if kind is Kind:
        return "kind (§ 5)"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " · ".join(f"`{member.value}`" for member in kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        nested[kind.__name__] = kind
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return {str: "line", bool: "true or false", int: "integer"}.get(kind, "anything")


def section_titles() -> Mapping[str, str]:
    """Read the names of sections from the glossary: Vietnamese · English."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| ([^|]+?) \| ([^|]+?) \|", text, flags=re.M)
    return {key: f"{vi} · {en}" for key, vi, en in reversed(rows)}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
