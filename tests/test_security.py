"""SECURITY.md: every promise is held by tests that exist under the very path and name it gives."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = [line for line in TEXT.partition("\n## Promises")[2].partition("\n## ")[0].splitlines() if line[:2] == "| "]


def test_every_promise_names_its_tests_and_each_of_them_exists() -> None:
    assert len(PROMISES) > 10
    missing = []
    for promise in PROMISES[1:]:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", promise)
        assert named, promise
        for path, name in named:
            there = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
            if f"\ndef {name}(" not in there:
                missing.append(f"{path}::{name}")
    assert missing == []


def test_links_lead_to_files_and_no_address_is_invented() -> None:
    assert all((ROOT / target).exists() for target in re.findall(r"\]\(([^)#]+)", TEXT))
    assert not re.search(r"https?://|\S+@\S+\.\S+", TEXT)
