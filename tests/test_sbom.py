"""The bill of materials: every pin of the lock with its hashes, as CycloneDX 1.6 asks, the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tools.make_sbom import LOCK, bill, main

ROOT = Path(__file__).parent.parent
# What the standard's own schema asks of the parts that we write (bom-1.6.schema.json: required, enum, pattern).
HASH = {
    "type": "object",
    "required": ["alg", "content"],
    "additionalProperties": False,
    "properties": {"alg": {"const": "SHA-256"}, "content": {"pattern": "^[a-f0-9]{64}$"}},
}
LICENCE = {
    "oneOf": [
        {"required": ["expression"], "additionalProperties": False, "properties": {"expression": {"type": "string"}}},
        {
            "required": ["license"],
            "additionalProperties": False,
            "properties": {"license": {"required": ["name"], "properties": {"name": {"type": "string"}}}},
        },
    ]
}
COMPONENT = {
    "type": "object",
    "required": ["type", "name", "version", "purl", "bom-ref", "externalReferences"],
    "properties": {
        "type": {"enum": ["application", "library"]},
        "purl": {"pattern": r"^pkg:pypi/[a-z0-9-]+@[\w.+!]+$"},
        "licenses": {"type": "array", "minItems": 1, "maxItems": 1, "items": LICENCE},
        "externalReferences": {
            "minItems": 1,
            "items": {
                "required": ["type", "url", "hashes"],
                "properties": {"type": {"const": "distribution"}, "hashes": {"minItems": 1, "items": HASH}},
            },
        },
    },
}
BOM = {
    "type": "object",
    "required": ["bomFormat", "specVersion", "version", "metadata", "components", "dependencies"],
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "version": {"const": 1},
        "components": {"type": "array", "minItems": 1, "uniqueItems": True, "items": COMPONENT},
    },
}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return json.loads(json.dumps(bill(LOCK.read_text(encoding="utf-8"))))  # type: ignore[no-any-return]


def test_the_bill_has_the_fields_the_standard_requires(made: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(BOM).validate(made)
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs))
    assert made["dependencies"] == [{"ref": made["metadata"]["component"]["bom-ref"], "dependsOn": refs}]


def test_every_pin_of_the_lock_is_in_the_bill_with_all_its_hashes(made: dict[str, Any]) -> None:
    lock = LOCK.read_text(encoding="utf-8")
    assert [f"{one['name']}=={one['version']}" for one in made["components"]] == re.findall(
        r"^[\w.-]+==\S+", lock, re.M
    )
    hashes = [each["hashes"][0]["content"] for one in made["components"] for each in one["externalReferences"]]
    assert hashes == re.findall(r"sha256:(\w+)", lock)


def test_licences_are_what_the_packages_say(made: dict[str, Any]) -> None:
    licences = {one["name"]: one.get("licenses") for one in made["components"]}
    assert licences["pydantic"] == [{"expression": "MIT"}]
    assert licences["jinja2"] == [{"license": {"name": "BSD License"}}]
    unknown = bill(f"no-such-package==1.0 \\\n    --hash=sha256:{'0' * 64}\n")["components"]
    assert isinstance(unknown, list)
    assert [one["name"] for one in unknown if "licenses" not in one] == ["no-such-package"]


def test_the_same_bytes_each_time_and_no_day_in_them(tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    assert (main(one), main(other)) == (0, 0)
    assert one.read_bytes() == other.read_bytes()
    assert not {"timestamp", "serialNumber"} & set(re.findall(r'"(\w+)":', one.read_text(encoding="utf-8")))


def test_the_bill_is_made_with_the_wheel() -> None:
    wheel = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nwheel:")[2].partition("\n\n")[0]
    assert "-m tools.make_sbom" in wheel
