"""YAML as plain data, read as editors read it (YAML 1.2, core schema), by none of our own reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


class Loader(yaml.CSafeLoader):
    """Knows the scalars of YAML 1.2 and no others: no yes and no, no days, no numbers in sixties."""


Loader.yaml_implicit_resolvers = {}
for name, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{pattern})$"), list(first))
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 10))


def plain(text: str) -> Any:
    """Read a text; keys are texts, as in JSON.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    return _keyed(yaml.load(text, Loader))


def plain_file(path: Path) -> Any:
    """Read a file."""
    return plain(path.read_text(encoding="utf-8"))


def _keyed(found: Any) -> Any:
    if isinstance(found, dict):
        return {str(key): _keyed(value) for key, value in found.items()}
    return [_keyed(value) for value in found] if isinstance(found, list) else found
