"""What the loader takes, the schema for editors takes: each field of the format is tried with values of every shape."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from kientruc import api
from kientruc.finding import Severity
from kientruc.loading.relations import VERB_SECTIONS, VERBS
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind
from kientruc.model.record import Record
from kientruc.reading.limits import DEFAULT
from kientruc.reading.tree import LONG
from kientruc.renderers.schema_types import fields
from tests.mutants import OPERATORS, ROOT, subject
from tests.plain_yaml import plain, plain_file

SAMPLE = ROOT / "examples" / "tinh-mau"
ARCHITECTURES = (ROOT, SAMPLE)
LIMITS = replace(DEFAULT, findings=1_000_000)
# What is tried in every field, and in every field of what a field holds.
EVERYWHERE: tuple[Any, ...] = (None, "", "x", 1, 0, True, "2024-02-29", [], {}, {"unknown": "v"}, ["x"])
ONCE: tuple[Any, ...] = (
    *(-1, 6, 2017, 366, 1.5, "2023-02-29", "4,5 tỷ", "350 triệu đồng", "12.345", "x" * 1001, {"x": "y"}),
    *("assumed", "public", "so-khcn", "name", "cpdt-1.0", {"why": "v", "who": "so-khcn", "by": "2027-01-01"}),
    *({"value": 3}, {"value": None}, {"value": "x", "source": "mau-du-thao"}, {"value": 1, "unit": "x"}),
    *({"unknown": "v", "ask": "so-khcn", "by": "2027-01-01"}, {"unknown": ""}, {"unknown": "v", "by": "x"}),
)
EACH = int(os.environ.get("KIENTRUC_PROBES", "8"))  # values that are tried in a field; 10000: all there are
MOST = 6  # different values of a field in the sample, so many are tried
# What only the loader can tell: it knows more than one place, or more than a day looks like. docs/editor.md names them.
LAXER = frozenset(("M-CIRCLE", "M-DAY", "M-NOFIELD", "M-PAIR", "M-ROLEKIND"))


class Probe(NamedTuple):
    """A value that is tried: of which section's field, and the record that holds it, as written."""

    section: str
    field: str
    value: Any
    record: dict[str, Any]


@cache
def sample() -> api.Loaded:
    return api.load(SAMPLE / "architecture.yaml")


def validator(loaded: api.Loaded | None) -> Any:
    return jsonschema.Draft202012Validator(json.loads(api.schema_text("vi", loaded)))


def written(folder: Path) -> Iterator[tuple[Path, Any]]:
    for path in sorted((folder, *(one for one in folder.iterdir() if one.name in ("architecture", "kien-truc")))):
        yield from ((file, plain_file(file)) for file in sorted(path.glob("[!.]*.yaml")))


@pytest.mark.parametrize("folder", ARCHITECTURES, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_file_of_the_examples_follows_its_schema(folder: Path) -> None:
    rules, general = validator(api.load(folder / "architecture.yaml")), validator(None)
    for path, data in written(folder):
        for one in (rules, general):
            wrong = [(list(error.absolute_path), error.message[:200]) for error in one.iter_errors(data)]
            assert wrong == [], path


# Values of every shape in every field. ------------------------------------------------------------------------------


@cache
def seen() -> dict[tuple[str, str], list[Any]]:
    """Give, for each field of a section, the shortest of the different values it has in the sample."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for _, top in written(SAMPLE):
        for section in top.keys() & SECTIONS.keys():
            for record in top[section].values():
                for key, value in record.items():
                    found.setdefault((section, key), {})[json.dumps(value, sort_keys=True)] = value
    for key, value in {"requirement": "Q1425-UD-03", "subjects": ["lgsp"], "reason": "x"}.items():
        found["waiver_requests", key] = {"": value}  # the sample asks for none
    return {
        field: [values[key] for key in sorted(values, key=lambda key: (len(key), key))[:: max(1, len(values) // MOST)]]
        for field, values in found.items()
    }


def variants(value: Any) -> Iterator[Any]:
    """Give a value, and the same with one thing in it changed, left out or added."""
    yield value
    if isinstance(value, list):
        yield from ([inner, *value[1:]] for inner in variants(value[0])) if value else ()
        yield value[:1] * 2
    elif isinstance(value, dict):
        for key in value:
            yield {**value, "x": 1}
            yield {name: inner for name, inner in value.items() if name != key}
            yield from ({**value, key: other} for other in EVERYWHERE)
            yield from ({**value, key: other} for other in variants(value[key]))


def tried(value: Any) -> Iterator[Any]:
    """Give a value in the forms in which a field may hold it."""
    yield from variants(value)
    yield {"value": value, "certainty": "assumed"}
    yield {"value": value, "source": None, "as_of": "2026-01-01"}
    yield {"value": value, "x": 1}
    yield [value]


def probes() -> Iterator[Probe]:
    """Give values with the rest of a record that is right: what a field has in the sample first, then any others."""
    told, rng = seen(), random.Random(20261125)
    shared = {key for key, _, _ in fields(Record)}
    for section, model in SECTIONS.items():
        right = {key: told[section, key][0] for key, _, needed in fields(model) if needed}
        for key in [*(key for key, _, _ in fields(model)), *(VERBS if section in VERB_SECTIONS else ())]:
            if key in shared and section != "elements":
                continue
            if section == "elements":
                right["kind"] = next((kind.value for kind in Kind if key in kind.own_fields), "application")
            have = told.get((section, key), [])
            others = [*EVERYWHERE, *ONCE, *(other for value in have for other in tried(value))]
            values = [*have[:2], *rng.sample(others, len(others))]
            once = {json.dumps(value, sort_keys=True): value for value in values}
            yield from (Probe(section, key, value, {**right, key: value}) for value in [*once.values()][:EACH])


def refusals(folder: Path, found: list[Probe]) -> list[set[str]]:
    """Give, for each probe, the codes for which the loader refuses it; each is a record of one line."""
    lines, places = [], {}
    for section in SECTIONS:
        lines.append(f"{section}:")
        for number, probe in enumerate(found):
            if probe.section == section:
                lines.append(f"  p{number:05}: {json.dumps(probe.record, ensure_ascii=False)}")
                places[len(lines)] = number
    shutil.copytree(SAMPLE / "kien-truc", folder / "kien-truc")
    shutil.copy(SAMPLE / "architecture.yaml", folder)
    (folder / "kien-truc" / "zz.yaml").write_text("\n".join(lines), encoding="utf-8")
    loaded = api.load(folder / "architecture.yaml", LIMITS)
    codes: list[set[str]] = [set() for _ in found]
    for finding in loaded.findings:
        for span in filter(None, (finding.span, *finding.also)):
            if span.path.endswith("zz.yaml") and finding.severity is not Severity.MINOR:
                codes[places[span.line]].add(finding.code)
    assert loaded.more == 0
    return codes


def looks_long(value: Any) -> bool:
    """Tell whether a group of keys looks like a value with its source: the loader takes it for that."""
    return isinstance(value, dict) and "value" in value and LONG.issuperset(value)


def test_no_value_that_the_loader_takes_is_wrong_in_the_editor(tmp_path: Path) -> None:
    found = list(probes())
    rules = validator(sample())
    taken, stricter, laxer = set(), [], []
    for probe, codes in zip(found, refusals(tmp_path, found), strict=True):
        where = {"$ref": f"#/$defs/{SECTIONS[probe.section].__name__}/properties/{probe.field}"}
        errors = [error.message[:200] for error in rules.descend(probe.value, where)]
        if not codes:
            taken.add((probe.section, probe.field))
        if errors and not codes:
            stricter.append((probe.section, probe.field, probe.value, errors[0]))
        elif codes - LAXER and not errors and not looks_long(probe.value):
            laxer.append((probe.section, probe.field, probe.value, codes))
    assert stricter == []
    assert laxer == []
    untaken = {(probe.section, probe.field) for probe in found} - taken
    assert {field for section, field in untaken if EACH > 1000 or (section, field) in seen()} == set()


@pytest.mark.parametrize("page", ["editor.md", "editor.vi.md"])
def test_the_page_names_all_that_only_the_loader_tells(page: str) -> None:
    told = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert [code for code in sorted(LAXER) if f"`{code}`" not in told] == []


# Slips of a writer's hand. ------------------------------------------------------------------------------------------

# Those that the schema may not see: they need two places to be seen, or the text instead of what it says.
UNSEEN = frozenset(
    (
        *("misspelt_declaration", "removed_record", "duplicate_id", "illegal_pair"),
        *("duplicate_key", "alias", "invisible", "ambiguous_word"),
    )
)


def test_of_the_slips_of_a_hand_those_are_seen_that_stand_in_one_place() -> None:
    s, rules = subject(), validator(api.load(ROOT / "architecture.yaml"))
    unseen = set()
    for operator in OPERATORS:
        mutant = operator(s, random.Random(operator.__name__))
        try:
            data = plain(mutant.text)
        except yaml.YAMLError:
            continue  # no editor reads that
        if rules.is_valid(data):
            unseen.add(operator.__name__)
    assert unseen <= UNSEEN
