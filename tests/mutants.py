"""Slips of a writer's hand: each makes one mutant of a file of the real province, and says what must be told of it."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kientruc.loading import load
from kientruc.loading.relations import VERB_SECTIONS, VERBS
from kientruc.loading.sections import TOP
from kientruc.loading.uses import dangling
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind
from kientruc.model.verbs import groups_of
from kientruc.reading.limits import DEFAULT
from kientruc.reading.tree import Mapping, Sequence
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span

ROOT = Path(__file__).parent.parent
POINTING = ("owner", "operator", "data_owner", "source", "lead", "actor", "agency", "hearing", "standing_agency")
REFERENCES = frozenset(POINTING) | VERBS.keys() - {"delivers", "covers", "waits_for"}


@dataclass(frozen=True)
class Field:
    """One key of a record, with what it holds."""

    section: str
    id: str
    record: Mapping
    key: str
    value: object
    at: Span
    value_at: Span

    @property
    def plain_line(self) -> bool:
        """Whether the whole field is one line of its own."""
        line = self.at.file.line_text(self.at.line)
        begins = line.lstrip().startswith(f"{self.key}: ") and not self.record.flow
        return begins and isinstance(self.value, str | int) and self.value_at.end_line == self.at.line


@dataclass(frozen=True)
class Mutant:
    """What became of one file, and what must be said of it."""

    path: str
    text: str
    code: str
    line: int
    other: str = ""  # another code that is as right
    anywhere: str = ""  # the finding may be at any line that holds this word


class Subject:
    """The files of an architecture, taken apart so that mutants can aim."""

    def __init__(self) -> None:
        paths = [ROOT / "architecture.yaml", *sorted((ROOT / "architecture").glob("*.yaml"))]
        self.files = {
            path.relative_to(ROOT).as_posix(): SourceFile(
                path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            )
            for path in paths
        }
        self.tops: dict[str, Mapping] = {}
        self.fields: list[Field] = []
        self.places: dict[str, tuple[str, Span]] = {}  # id -> section, where
        for path, file in self.files.items():
            top, findings = parse(file, DEFAULT)
            assert isinstance(top, Mapping) and not list(findings), path
            self.tops[path] = top
            for section, records in top.items():
                if section in SECTIONS and isinstance(records, Mapping):
                    for id, record in records.items():
                        assert isinstance(record, Mapping)
                        self.places[f"{section}/{id}"] = (id, records.key_span(id))
                        self.fields += [
                            Field(section, id, record, key, value, record.key_span(key), record.span(key))
                            for key, value in record.items()
                        ]
        self.ids = frozenset(id for id, _ in self.places.values())
        loaded = load(ROOT / "architecture.yaml")
        assert loaded.architecture is not None and loaded.findings == ()
        self.architecture = loaded.architecture
        nothing: defaultdict[tuple[str, ...], frozenset[str]] = defaultdict(frozenset)
        referring = [loaded.architecture.head, *loaded.architecture.all_records(), *loaded.architecture.relations]
        self.used = {use.id for record in referring for use in dangling(record, nothing)}
        self.used |= {relation.target for relation in loaded.architecture.relations}

    def pick(self, rng: random.Random, wanted: Callable[[Field], bool]) -> Field:
        return rng.choice([field for field in self.fields if wanted(field)])


@cache
def subject() -> Subject:
    return Subject()


def typo(rng: random.Random, word: str, known: Callable[[str], bool]) -> str:
    """Misspell a word as fingers do: swap, drop or double a letter; never into another known word."""
    for _ in range(50):
        at = rng.randrange(len(word) - 1)
        wrong = rng.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[: at + 1] + word[at:],
                word[:at] + "z" + word[at + 1 :],
            )
        )
        if wrong != word and not known(wrong) and re.fullmatch(r"[a-z0-9][a-z0-9._-]*", wrong) and not wrong.isdigit():
            return wrong
    raise AssertionError(word)


def put(span: Span, new: str, code: str, **more: Any) -> Mutant:
    """Write something else at a place."""
    text = span.file.text
    return Mutant(span.path, text[: span.start] + new + text[span.end :], code, span.line, **more)


def keys_of(section: str) -> frozenset[str]:
    model = SECTIONS[section]
    names = {field.alias or name for name, field in model.model_fields.items()}
    return frozenset(names | (VERBS.keys() if section in VERB_SECTIONS else set()))


# Each operator makes one mutant. ------------------------------------------------------------------------------------


def misspelt_key(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.key not in VERBS)
    allowed = keys_of(field.section)
    return put(field.at, typo(rng, field.key, lambda word: word in allowed), "M-KEY")


def misspelt_required_key(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.key in ("name", "kind", "title", "number", "role") and f.section != "elements")
    allowed = keys_of(field.section)
    return put(field.at, typo(rng, field.key, lambda word: word in allowed), "M-KEY")


def misspelt_kind(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.section == "elements" and f.key == "kind" and isinstance(f.value, str))
    return put(field.value_at, typo(rng, str(field.value), lambda word: word in set(Kind)), "M-KIND")


def misspelt_verb(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.key in VERBS)
    allowed = keys_of(field.section)
    return put(field.at, typo(rng, field.key, lambda word: word in allowed), "M-KEY")


def _references(s: Subject, keys: frozenset[str]) -> Iterator[Span]:
    for field in s.fields:
        if field.key in keys:
            yield from _scalars(field.record, field.key, field.value)


def _scalars(node: Any, key: str | int, value: object) -> Iterator[Span]:
    if isinstance(value, str):
        yield node.span(key)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from _scalars(value, index, item)
    elif isinstance(value, Mapping):
        for inner in ("to", "source"):
            if inner in value:
                yield from _scalars(value, inner, value[inner])


def misspelt_reference(s: Subject, rng: random.Random) -> Mutant:
    span = rng.choice([span for span in _references(s, REFERENCES) if span.text in s.ids])
    return put(span, typo(rng, span.text, lambda word: word in s.ids), "M-REF")


def misspelt_component(s: Subject, rng: random.Random) -> Mutant:
    span = rng.choice([span for span in _references(s, frozenset(("component",))) if span.text in s.ids])
    return put(span, typo(rng, span.text, lambda word: word in s.ids), "M-REF")


def misspelt_declaration(s: Subject, rng: random.Random) -> Mutant:
    id, span = rng.choice([place for place in s.places.values() if len(place[0]) > 2 and place[0] in s.used])
    return replace(put(span, typo(rng, id, lambda word: word in s.ids), "M-REF"), line=0, anywhere=id)


def removed_record(s: Subject, rng: random.Random) -> Mutant:
    """All that pointed at it now dangles: one finding for the id."""
    used = [(id, span) for id, span in s.places.values() if id in s.used and _alone(s, id)]
    id, span = rng.choice(used)
    lines = span.file.text.split("\n")
    end = span.line
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith("   ")):
        end += 1
    text = "\n".join(lines[: span.line - 1] + lines[end:])
    if re.fullmatch(r"(?:#.*\n|\s)*\w+:\s*", text):  # nothing else was in the file
        text += "\n  {}"
    return Mutant(span.path, text, "M-REF", 0, anywhere=id)


def _alone(s: Subject, id: str) -> bool:
    """Whether nothing inside a record is declared with it (relations and conclusions have ids too)."""
    own = [field for field in s.fields if field.id == id]
    return not any(field.key in VERBS or field.key == "conclusions" for field in own)


def duplicate_id(s: Subject, rng: random.Random) -> Mutant:
    """The record is named where it stands a second time; which of the two comes first is told by the order of files."""
    id, _ = rng.choice([place for key, place in s.places.items() if not key.startswith(("components/", "states/"))])
    path = rng.choice([path for path, top in s.tops.items() if any(name in top for name in ("elements", "goals"))])
    section = next(name for name in ("elements", "goals") if name in s.tops[path])
    at = s.tops[path].key_span(section)
    text = s.files[path].text
    line = text.index("\n", at.start) + 1
    new = f"  {id}: {{name: X{', kind: application' if section == 'elements' else ''}}}\n"
    return Mutant(path, text[:line] + new + text[line:], "M-DUP", at.line + 1, "Y-DUP", anywhere=id)


def duplicate_key(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line)
    line = field.at.file.line_text(field.at.line)
    text = field.at.file.text
    end = text.index("\n", field.at.start) + 1
    return Mutant(field.at.path, text[:end] + line + "\n" + text[end:], "Y-DUP", field.at.line + 1)


def missing_required(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key in ("name", "kind", "title", "number") and len(f.record) > 1)
    lines = field.at.file.text.split("\n")
    del lines[field.at.line - 1]
    line = next(span.line for key, (_, span) in s.places.items() if key == f"{field.section}/{field.id}")
    return Mutant(field.at.path, "\n".join(lines), "M-MISSING", line)


def wrong_type(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key in ("name", "owner", "description", "security_level", "order"))
    wrong = "[a, b]" if field.key in ("security_level", "order") else rng.choice(("12", "true", "1.5", "[a, b]"))
    return put(field.value_at, wrong, "M-TYPE")


def impossible_date(s: Subject, rng: random.Random) -> Mutant:
    days = ("date", "from", "until", "since", "as_of", "cut_off")
    field = s.pick(rng, lambda f: f.key in days and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", str(f.value))))
    wrong = rng.choice(("2017-02-30", "2017-13-01", "13/09/2017", "0017-09-13", "2017-9-13", "2560-09-13"))
    return put(field.value_at, wrong, "M-DAYFORM" if wrong in ("13/09/2017", "2017-9-13") else "M-DAY")


def illegal_pair(s: Subject, rng: random.Random) -> Mutant:
    elements = s.architecture.elements
    spans = []
    for field in s.fields:
        if field.section == "elements" and field.key in VERBS:
            spans += [(field, span) for span in _scalars(field.record, field.key, field.value) if span.text in elements]
    while True:
        field, span = rng.choice(spans)
        source, target = elements[field.id].kind, elements[other := rng.choice(sorted(elements))].kind
        if not VERBS[field.key].joins(groups_of(source), groups_of(target)):
            return put(span, other, "M-PAIR")


def shifted_key(s: Subject, rng: random.Random) -> Mutant:
    """One space too few, or too many: the shifted line is told, though libyaml may only give up below it."""
    field = s.pick(rng, lambda f: f.plain_line)
    line = field.at.file.line_text(field.at.line)
    start = field.at.start - field.at.column + 1
    too_many = rng.random() < 0.5
    text = field.at.file.text
    text = text[:start] + (" " + line if too_many else line[1:]) + text[start + len(line) :]
    return Mutant(field.at.path, text, "Y-INDENT", field.at.line)


def stray_key(s: Subject, rng: random.Random) -> Mutant:
    """The last key of a record stands where ids stand."""
    field = s.pick(rng, lambda f: f.plain_line and [*f.record][1:][-1:] == [f.key] and f.at.column == 5)
    start = field.at.start - field.at.column + 1
    text = field.at.file.text
    return Mutant(field.at.path, text[:start] + text[start + 2 :], "M-STRAY", field.at.line)


def tab(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line)
    start = field.at.start - field.at.column + 1
    text = field.at.file.text
    return Mutant(field.at.path, text[:start] + "\t" + text[field.at.start :], "Y-TAB", field.at.line)


def unclosed_quote(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key in ("name", "description") and '"' not in f.value_at.text)
    return put(field.value_at, '"' + field.value_at.text, "Y-UNCLOSED", other="Y-QUOTE")


def unclosed_brace(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: isinstance(f.value, Mapping) and f.value.flow)
    assert isinstance(field.value, Mapping)
    end = field.value.end
    span = Span(field.at.file, end - 1, end)
    assert span.text == "}"
    return Mutant(span.path, span.file.text[: end - 1] + span.file.text[end:], "Y-UNCLOSED", field.value_at.line)


def unknown_section(s: Subject, rng: random.Random) -> Mutant:
    path = rng.choice(sorted(s.tops))
    section = rng.choice([name for name in s.tops[path]])
    return put(s.tops[path].key_span(section), typo(rng, section, lambda word: word in TOP), "M-SECTION")


def ambiguous_word(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key != "kind")
    return put(field.value_at, rng.choice(("no", "Yes", "OFF", "on", "y", "N")), "Y-AMBIG")


def bad_level(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.section == "elements" and "security_level" not in f.record)
    line = field.at.file.line_text(field.at.line)
    start = field.at.start - field.at.column + 1
    level = rng.choice((0, 6, -1))
    text = field.at.file.text
    indent = " " * (field.at.column - 1)
    new = f"{text[:start]}{indent}security_level: {level}\n{line}{text[start + len(line) :]}"
    return Mutant(field.at.path, new, "M-RANGE", field.at.line)


def unknown_word(s: Subject, rng: random.Random) -> Mutant:
    words = ("certainty", "treatment", "access", "priority", "form")
    field = s.pick(rng, lambda f: f.key in words and isinstance(f.value, str))
    return put(field.value_at, typo(rng, str(field.value), lambda word: word == field.value), "M-VALUE")


def unknown_role(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.section == "elements" and f.key == "role" and isinstance(f.value, str))
    from kientruc.frameworks import roles

    return put(field.value_at, typo(rng, str(field.value).replace("_", "-"), lambda word: word in roles()), "M-ROLE")


def alias(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line)
    return put(field.value_at, rng.choice(("&x ", "*")) + "x", "Y-ALIAS")


def invisible(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and isinstance(f.value, str) and len(f.value) > 2)
    at = field.value_at.start + 2
    span = Span(field.at.file, at, at)
    return put(span, rng.choice("\u200b\u202e\u2066\ufeff\u00ad"), "Y-CHAR")


def colon(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key in ("name", "description") and f.value_at.text[0] not in "\"'")
    return put(field.value_at, field.value_at.text.replace(" ", ": ", 1) + " x: y", "Y-COLON")


def empty_value(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key in ("owner", "component"))
    return put(field.value_at, "", "M-EMPTY")


def empty_name(s: Subject, rng: random.Random) -> Mutant:
    field = s.pick(rng, lambda f: f.plain_line and f.key == "name")
    return put(field.value_at, "", "M-BLANK")


OPERATORS = (
    misspelt_key,
    misspelt_required_key,
    misspelt_kind,
    misspelt_verb,
    misspelt_reference,
    misspelt_component,
    misspelt_declaration,
    removed_record,
    duplicate_id,
    duplicate_key,
    missing_required,
    wrong_type,
    impossible_date,
    illegal_pair,
    shifted_key,
    stray_key,
    tab,
    unclosed_quote,
    unclosed_brace,
    unknown_section,
    ambiguous_word,
    bad_level,
    unknown_word,
    unknown_role,
    alias,
    invisible,
    colon,
    empty_name,
    empty_value,
)
