"""The bill of materials of the wheel: what requirements.lock pins, as CycloneDX 1.6 JSON in dist/."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from kientruc import __version__

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
OUT = ROOT / "dist" / "kientruc.cdx.json"
ALL = "What is needed with every extra (kientruc[all]), on any platform, and what builds the wheel"
PIN = re.compile(r"([\w.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? ?(?:\\\n|\n|$)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Json = dict[str, object]


def bill(lock: str) -> Json:
    """Make the bill of a lock file.

    The same lock and the same installed packages give the same bytes: no day, no serial number. Hashes are those of the
    archives that may be installed; licences are what the metadata of an installed package of that very version says,
    and are left out where nothing is installed or nothing is said.
    """
    subject = {"type": "application", "bom-ref": "kientruc", "name": "kientruc", "version": __version__}
    components = list(_components(lock))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": subject | {"description": ALL}},
        "components": components,
        "dependencies": [{"ref": "kientruc", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _components(lock: str) -> Iterator[Json]:
    pins = list(PIN.finditer(lock))
    ends = [*(pin.start() for pin in pins[1:]), len(lock)]
    for pin, end in zip(pins, ends, strict=True):
        name, version, where = pin.groups()
        purl = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
        found: Json = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        if licence := _licence(name, version):
            found["licenses"] = [licence]
        references = [
            {"type": "distribution", "url": purl, "hashes": [{"alg": "SHA-256", "content": content}]}
            for content in HASH.findall(lock, pin.end(), end)
        ]
        found["externalReferences"] = references
        if where:
            found["properties"] = [{"name": "kientruc:marker", "value": where}]
        yield found


def _licence(name: str, version: str) -> Json | None:
    """Give what the installed package says: an SPDX expression, else the words of its classifiers or its short text."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    if found.version != version:
        return None
    expression, classifiers, short = (
        found.metadata.get_all(field) or [] for field in ("License-Expression", "Classifier", "License")
    )
    if expression:
        return {"expression": expression[0]}
    said = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License")]
    words = ", ".join(said) or "".join(short).strip()
    return {"license": {"name": words}} if 0 < len(words) <= 200 else None


def main(out: Path = OUT) -> int:
    made = bill(LOCK.read_text(encoding="utf-8"))
    out.parent.mkdir(exist_ok=True)
    text = json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{out.name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
