"""Files as somebody might write them: random data in random styles, with comments, blank lines and Vietnamese text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]
FREE = "\0free"  # begins the owner of what stands between the entries of a collection
WORDS = ("Tỉnh", "nền tảng", "chia sẻ dữ liệu", "so-tttt", "Cổng", "đường", "“dịch vụ”", "K6", "một cửa", "ấp 3")
ODD = (
    "no",
    "010",
    "a: b",
    "x #y",
    "- z",
    "1,5 tỷ",
    "'",
    '"',
    "{x}",
    "[",
    "*a",
    "&b",
    "!c",
    "",
    "null",
    "12:30",
    "@",
    "%",
)
KEYS = ("kind", "name", "owner", "uses", "lgsp", "hiện trạng", "cpdt-1.0", "to", "k1", "k2", "k3", "k4", "on", "3")

texts = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(ODD),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join),
)
several = st.lists(st.sampled_from((*WORDS, "")), min_size=2, max_size=4).map("\n".join)
scalars = st.one_of(texts, several, st.integers(-5, 2030), st.booleans(), st.none())
keys = st.sampled_from(KEYS)
values: st.SearchStrategy[Any] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
files = st.dictionaries(keys, values, min_size=1, max_size=4)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def plain_is_safe(text: str) -> bool:
    return re.fullmatch(r"[^\W\d][\w]*(?:[ -][\w]+)*", text) is not None and text not in ("no", "null", "on")


@dataclass
class Written:
    """A file as somebody might write it; each line knows the value it belongs to, each comment what it dies with."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    lines: list[tuple[str, Path]] = field(default_factory=list)
    comments: list[tuple[str, Path]] = field(default_factory=list)
    runs_on: int = -1  # up to which line text goes that ends with a line break: the file must then end so too

    def choose(self, *of: Any) -> Any:
        return self.draw(st.sampled_from(of))

    def comment(self, path: Path) -> str:
        """Give a comment to stand behind something, or nothing."""
        if self.choose(0, 0, 1) == 0:
            return ""
        text = f"# ghi chú: “{len(self.comments)}” {{x"
        self.comments.append((text, path))
        return f"{self.choose(' ', '   ')}{text}"

    def between(self, path: Path, indent: int) -> None:
        """Put blank lines and comments between entries."""
        for _ in range(self.choose(0, 0, 0, 1, 2)):
            found = self.comment((FREE, *path)).lstrip()
            self.lines.append((" " * indent + found if found else "", (FREE, *path)))

    def scalar(self, value: Any, flow: bool) -> str:
        if not isinstance(value, str):
            return "null" if value is None else str(value).lower()
        styles = ["double"]
        styles += ["single"] if "\n" not in value else []
        styles += ["plain"] * 3 if plain_is_safe(value) else []
        match self.choose(*styles):
            case "plain":
                return value
            case "single":
                return "'" + value.replace("'", "''") + "'"
            case _:
                return quoted(value)

    def flow(self, value: Any) -> str:
        gap: str = self.choose("", " ")
        if isinstance(value, dict):
            return (
                "{" + gap + ", ".join(f"{self.scalar(k, True)}: {self.flow(v)}" for k, v in value.items()) + gap + "}"
            )
        if isinstance(value, list):
            return "[" + gap + ", ".join(map(self.flow, value)) + gap + "]"
        return self.scalar(value, True)

    def entry(self, head: str, value: Any, path: Path, indent: int) -> None:
        """Write what stands behind a key or a dash, and below it."""
        if isinstance(value, dict | list) and value and self.choose(0, 0, 1) == 0:
            step = self.choose(2, 2, 4)
            if isinstance(value, list) and not head.endswith("-"):
                step = self.choose(0, 2)
            if head.endswith("-") and self.choose(0, 1):
                self.block(value, path, indent + 2, head + " ")
                return
            self.lines.append((head + self.comment(path), path))
            self.block(value, path, indent + (step or (2 if head.endswith("-") else 0)), "")
        elif isinstance(value, dict | list) and len(value) > 1 and self.choose(0, 0, 1):
            self.one_a_line(head, value, path, indent)
        elif isinstance(value, str) and "\n" in value and not value.startswith(("\n", " ")) and value.strip("\n"):
            self.literal(head, value, path, indent)
        elif value is None and self.choose(0, 1):
            self.lines.append((head + self.comment(path), path))
        else:
            self.lines.append((f"{head} {self.flow(value)}{self.comment(path)}", path))

    def literal(self, head: str, value: str, path: Path, indent: int) -> None:
        body = value.rstrip("\n")
        ends = len(value) - len(body)
        mark = "-" if not ends else "" if ends == 1 else "+"
        self.lines.append((f"{head} |{mark}{self.comment(path)}", path))
        pad = " " * (indent + 2)
        self.runs_on = len(self.lines) + len(body.split("\n")) + max(0, ends - 1) if mark != "-" else -1
        self.lines += [(pad + line if line else "", path) for line in (*body.split("\n"), *[""] * (ends - 1))]

    def one_a_line(self, head: str, value: Any, path: Path, indent: int) -> None:
        pad = " " * (indent + 2)
        items = [(self.scalar(k, True) + ": ", v) for k, v in value.items()] if isinstance(value, dict) else []
        items = items or [("", v) for v in value]
        last = self.choose("", ",")
        self.lines.append((f"{head} {'{['[isinstance(value, list)]}", path))
        for index, (name, inner) in enumerate(items):
            comma = last if index == len(items) - 1 else ","
            own = list(value)[index] if isinstance(value, dict) else index
            self.lines.append((f"{pad}{name}{self.flow(inner)}{comma}{self.comment((*path, own))}", path))
        self.lines.append((" " * (indent + 1) + "}]"[isinstance(value, list)] + self.comment(path), path))

    def block(self, value: Any, path: Path, indent: int, first: str) -> None:
        for index, (key, inner) in enumerate(value.items() if isinstance(value, dict) else enumerate(value)):
            own = (*path, key)
            start = first if first and not index else " " * indent
            if not (first and not index):
                self.between(path, self.choose(indent, 0))
            head = f"{start}-" if isinstance(value, list) else f"{start}{self.scalar(key, False)}:"
            self.entry(head, inner, own, indent)

    def text(self, data: dict[str, Any]) -> str:
        self.between((), 0)
        self.block(data, (), 0, "")
        self.between((), 0)
        end = self.choose("\n", "\r\n")
        last = end if self.runs_on == len(self.lines) else self.choose(end, end, "")
        return f"{end.join(line for line, _ in self.lines)}{last}"


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Give the path of every value below the root."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*here, key)
        yield from paths(inner, (*here, key))


def at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def bare(value: Any) -> Any:
    """Give data as the base reader of PyYAML does: every scalar as its text."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [bare(inner) for inner in value]
    return "" if value is None else value if isinstance(value, str) else str(value).lower()


def null_as_nothing(value: Any, meant: Any) -> Any:
    if isinstance(value, dict) and isinstance(meant, dict):
        return {key: null_as_nothing(inner, meant.get(key)) for key, inner in value.items()}
    if isinstance(value, list) and isinstance(meant, list):
        return [null_as_nothing(*pair) for pair in zip(value, meant, strict=False)] + value[len(meant) :]
    return "" if value == "null" and meant is None else value


def tidied(value: Any) -> Any:
    """Give a tree as plain data."""
    if isinstance(value, dict):
        return {key: tidied(inner) for key, inner in value.items()}
    return [tidied(inner) for inner in value] if isinstance(value, list) else value


def strict(value: Any) -> Any:
    """Make data comparable with order and type: 1 is not true."""
    if isinstance(value, dict):
        return [(key, strict(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return ["list", *map(strict, value)]
    return (type(value).__name__, value)
