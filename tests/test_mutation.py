"""Seeded mutation of the real province: one slip of a writer's hand is one finding, at its line, and nothing else."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from kientruc.loading import Loaded, load
from tests.mutants import OPERATORS, ROOT, Mutant, subject

SEED = 20170913
BATCHES, EACH = 10, 52  # 520 mutants; a batch is one test, so that two workers share them


def wrong(mutant: Mutant, loaded: Loaded) -> str:
    """Tell what is not as it must be; "" if all is."""
    told = [f"{one.code} {one.span} {one.values.get('near', '')}" for one in loaded.findings]
    if len(told) != 1:
        return f"{len(told)} findings: {told[:6]}"
    finding = loaded.findings[0]
    if finding.code not in (mutant.code, mutant.other) or finding.span is None:
        return f"not {mutant.code}: {told}"
    places = (finding.span, *finding.also)
    if mutant.anywhere:
        right = all(mutant.anywhere in place.file.line_text(place.line) for place in places)
        right &= not mutant.line or any((place.path, place.line) == (mutant.path, mutant.line) for place in places)
    else:
        right = (finding.span.path, finding.span.line) == (mutant.path, mutant.line)
    return "" if right else f"not at {mutant.path}:{mutant.line}: {told}"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_mutant_is_one_finding_at_its_line(batch: int, tmp_path: Path) -> None:
    s = subject()
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    shutil.copy(ROOT / "architecture.yaml", tmp_path)
    rng = random.Random(SEED + batch)
    failures = []
    for number in range(EACH):
        operator = OPERATORS[(batch * EACH + number) % len(OPERATORS)]
        mutant = operator(s, rng)
        assert mutant.text != s.files[mutant.path].text, operator.__name__
        (tmp_path / mutant.path).write_text(mutant.text, encoding="utf-8", newline="")
        problem = wrong(mutant, load(tmp_path / "architecture.yaml"))
        (tmp_path / mutant.path).write_text(s.files[mutant.path].text, encoding="utf-8", newline="")
        if problem:
            failures.append(f"{operator.__name__} #{number}: {problem}")
    assert failures == []
