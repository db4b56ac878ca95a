"""An example slightly spoilt, in every way we can think of: what no spoiling can make fail was never asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kientruc.frameworks.law import LawRegister
from kientruc.model.architecture import Architecture
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.validators.sorts import MODELS, sorts

_ENTRY = re.compile(r", [a-z_]+: (?:\[[^\]{}]*\]|\{[^{}]*\}|\"[^\"]*\"|[^,{}\[\]]+)(?=[,}])")
_FIRST = re.compile(r"(?<=\{)[a-z_]+: (?:\[[^\]{}]*\]|\{[^{}]*\}|\"[^\"]*\"|[^,{}\[\]]+), ")
_PAIR = re.compile(r"\b([a-z_0-9]+): (\[[^\]\n]*\]|\"[^\"\n]*\"|[^,{}\[\]\n]+)")
_LIST = re.compile(r"\[([^\[\]{}\n]+)\]")
_WORD = re.compile(r"\b([a-z_]+): ([a-z][a-z_-]*)(?=\s*[,}\n])")
_KIND = re.compile(r"(?<=\bkind: )[a-z_]+")
_NUMBER = re.compile(r"(?<=: )\d{1,4}(?=\s*[,}\n])")
_DAY = re.compile(r"\b(\d{4})(-\d{2}-\d{2})\b")
_LAW = re.compile(r"(?<=\bnumber: )[^,}\n]+")
_MEMBERSHIP = {"present": ("absent", "unknown"), "absent": ("present",), "true": ("false",), "false": ("true",)}
_OTHER_VERBS = {Verb.READS: Verb.WRITES, Verb.WRITES: Verb.READS}
_OTHER_KINDS = (Kind.APPLICATION, Kind.PLATFORM, Kind.DATA_STORE, Kind.NETWORK, Kind.USER_GROUP)


def texts(text: str, law: LawRegister, on: date) -> Iterator[str]:
    """Spoil what is written: lines, blocks, entries and items go; words, kinds, numbers, days and law are turned."""
    yield from _without_lines(text)
    for pattern in (_ENTRY, _FIRST):
        yield from (_put(text, match, "") for match in pattern.finditer(text))
    yield from _without_items(text)
    yield from _turned_words(text)
    for match in _KIND.finditer(text):
        yield from (_put(text, match, kind.value) for kind in _OTHER_KINDS if kind.value != match.group())
    for match in _NUMBER.finditer(text):
        yield from (_put(text, match, str(max(0, int(match.group()) + by))) for by in (-1, 1))
    for match in _DAY.finditer(text):
        yield from (_put(text, match, f"{int(match.group(1)) + by:04}{match.group(2)}") for by in (-10, -1, 1, 10))
    for match in _LAW.finditer(text):
        yield from (_put(text, match, number) for number in _other_law(law, on))


def mixed(text: str, other: str) -> Iterator[str]:
    """Put a value of another text into this one, under the same key."""
    for match in _PAIR.finditer(text):
        for found in _PAIR.finditer(other):
            if found.group(1) == match.group(1) and found.group(2) != match.group(2):
                yield text[: match.start(2)] + found.group(2) + text[match.end(2) :]


def models(architecture: Architecture) -> Iterator[Architecture]:
    """Spoil what was read: drop and reverse each relation, write for read, and put each record there twice."""
    relations = architecture.relations
    for index, relation in enumerate(relations):
        without = (*relations[:index], *relations[index + 1 :])
        turned = relation.model_copy(update={"source_id": relation.target, "target": relation.source_id})
        other = relation.model_copy(update={"verb": _OTHER_VERBS.get(relation.verb, relation.verb)})
        for changed in (without, (*without, turned), (*without, other)):
            yield Architecture(architecture.head, architecture.records, changed, architecture.sources_sha256)
    for section, records in architecture.records.items():
        for id, record in records.items():
            twin = {f"{id}-x": record.model_copy(update={"id": f"{id}-x"})}
            more = {**architecture.records, section: dict(sorted({**records, **twin}.items()))}
            yield Architecture(architecture.head, more, relations, architecture.sources_sha256)


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _without_lines(text: str) -> Iterator[str]:
    """Drop each line, and each line with everything that is indented below it."""
    lines = text.splitlines(keepends=True)
    depths = [len(line) - len(line.lstrip(" ")) for line in lines]
    for start in range(len(lines)):
        yield "".join(lines[:start] + lines[start + 1 :])
        end = start + 1
        while end < len(lines) and depths[end] > depths[start]:
            end += 1
        if end > start + 1:
            yield "".join(lines[:start] + lines[end:])


def _without_items(text: str) -> Iterator[str]:
    for match in _LIST.finditer(text):
        items = match.group(1).split(", ")
        for index in range(len(items)):
            yield _put(text, match, f"[{', '.join(items[:index] + items[index + 1 :])}]")


def _turned_words(text: str) -> Iterator[str]:
    """Put every other word that a field of this name may hold; and absent for present, false for true."""
    for match in _WORD.finditer(text):
        field, word = match.groups()
        if field == "kind":
            continue
        known = dict.fromkeys(other for section in MODELS for sort in sorts(section, field) for other in sort.words)
        others = [other for other in known if other != word] if word in known else []
        for other in (*others, *_MEMBERSHIP.get(word, ())):
            yield _put(text, match, f"{field}: {other}")


def _other_law(law: LawRegister, on: date) -> Iterator[str]:
    """Name one document that does not hold on a day yet, and one that holds no longer."""
    gone = [id for id in law.documents if law.in_force(id, on) is False]
    later = [id for id in gone if law.successor(id, on) is None]
    for ids in (later, [id for id in gone if id not in later]):
        yield from (law.documents[id].number for id in ids[:1])
