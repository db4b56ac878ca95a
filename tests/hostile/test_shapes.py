"""Shapes and floods, rows 41, 49 and 50: no recursion, no quadratic time, findings kept within bounds and counted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from kientruc.loading import load_text
from tests.conftest import HEAD

Send = Callable[..., Any]
ROOT = HEAD.replace("include: [a.yaml]\n", "")


def elements(lines: list[str]) -> str:
    return ROOT + "elements:\n" + "\n".join(lines) + "\n"


CHAIN = [f"  e{n}: {{kind: node, name: Nút, connects: e{max(0, n - 1)}}}" for n in range(100_000)]
STAR = ["  hub: {kind: node, name: H}"] + [f"  e{n}: {{kind: node, name: Nút, connects: hub}}" for n in range(20_000)]
LOOPS = [f"  e{n}: {{kind: node, name: Nút, depends_on: e{n}, connects: [e{n}, e{n}]}}" for n in range(2_000)]


PARTS = [f"  e{n}: {{kind: node, name: Nút, part_of: e{n + 1}}}" for n in range(20_000)]
PARTS += ["  e20000: {kind: node, name: Nút}"]


@pytest.mark.parametrize("lines", [CHAIN, STAR, LOOPS, PARTS], ids=["chain", "star", "loops", "parts"])
def test_row_49_long_chains_stars_and_loops_load(lines: list[str]) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)  # pytest needs some itself; a chain of 100,000 would need more
    try:
        loaded = load_text(elements(lines))
    finally:
        sys.setrecursionlimit(limit)
    assert loaded.findings == ()
    assert loaded.architecture is not None


def test_row_49_a_clique_of_2_000_has_more_relations_than_we_read(send: Send, tmp_path: Path) -> None:
    send("goals: {}")
    everyone = ", ".join(f"e{n}" for n in range(2_000))
    for part in range(4):
        ids = range(part * 500, (part + 1) * 500)
        lines = [f"  e{n}: {{kind: node, name: Nút, connects: [{everyone}]}}" for n in ids]
        (tmp_path / f"p{part}.yaml").write_text("elements:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "root.yaml").write_text(HEAD.replace("a.yaml", "p*.yaml"), encoding="utf-8")
    answer = send()
    assert [finding[0] for finding in answer.findings] == ["Y-NODES"]
    assert answer.refused


def test_row_49_a_clique_that_is_allowed_loads() -> None:
    ids = ", ".join(f"e{n}" for n in range(150))
    loaded = load_text(elements([f"  e{n}: {{kind: node, name: Nút, connects: [{ids}]}}" for n in range(150)]))
    assert loaded.architecture is not None
    assert len(loaded.architecture.relations) == 150 * 150


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  e{n}: {{kind: node, name: Nút, connects: x{n}}}", "M-REF"),
        ("  e{n}: {{kind: nod{n}, name: Nút}}", "M-KIND"),
        ("  e{n}: {{kind: node, name: Nút, x{n}: 1}}", "M-KEY"),
        ("  e{n}: {{kind: node, name: Nút, role: x{n}}}", "M-ROLE"),
        ("  e{n}: {{kind: node, name: Nút, assigned_to: e{n}}}", "M-PAIR"),
        ("  E{n}: {{kind: node, name: Nút}}", "M-ID"),
        ("  e{n}: {{kind: node, name: Nút, extra: {{a: 1, a: 1}}}}", "Y-DUP"),
        ("  e{n}: {{kind: node, name: no}}", "Y-AMBIG"),
    ],
)
def test_row_50_of_many_findings_1_000_are_kept_and_the_rest_counted(send: Send, line: str, code: str) -> None:
    answer = send("elements:\n" + "\n".join(line.format(n=n) for n in range(15_000)) + "\n")
    assert {finding[0] for finding in answer.findings} == {code}
    assert len(answer.findings) == 1_000
    assert answer.more == 14_000
    assert not answer.made


def test_row_50_70_000_dangling_references(send: Send) -> None:
    targets = ", ".join(f"x{n}" for n in range(70_000))
    answer = send(f"elements: {{e: {{kind: node, name: Nút, connects: [{targets}]}}}}")
    assert len(answer.findings) == 1_000
    assert answer.more == 69_000


def test_row_50_a_flood_of_warnings_hides_no_defect(send: Send) -> None:
    lines = [f"  e{n}: {{kind: node, name: \u00d0{n}}}" for n in range(5_000)]
    lines += ["  z: {kind: node, name: Z, role: zzz}"]
    answer = send("elements:\n" + "\n".join(lines) + "\n")
    assert not answer.made
    assert [finding[0] for finding in answer.findings].count("M-ROLE") == 1


def test_row_50_one_record_with_20_000_unknown_keys(send: Send) -> None:
    keys = "".join(f"    x{n}: 1\n" for n in range(20_000))
    answer = send("elements:\n  a:\n    kind: node\n    name: A\n" + keys)
    assert len(answer.findings) == 1_000
    assert answer.more > 0


def slope(make: Callable[[int], str], size: int) -> float:
    """Tell how much longer four times as much takes."""

    def seconds(n: int) -> float:
        text = make(n)
        best = 99.0
        for _ in range(3):
            start = process_time()
            load_text(text)
            best = min(best, process_time() - start)
        return best

    return seconds(4 * size) / seconds(size)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: elements([f"  e{i}: {{kind: node, name: Nút}}" for i in range(n)]), id="records"),
        pytest.param(lambda n: ROOT + "goals: {g: {name: '" + "\u00d0" * n + "'}}", id="one strange word"),
        pytest.param(lambda n: ROOT + "goals: {g: {name: '" + "A\u0430 " * n + "'}}", id="strange words"),
        pytest.param(lambda n: ROOT + "goals: {g: {name: " + "a: " * n + "}}", id="colons"),
        pytest.param(lambda n: ROOT + "tasks: {t: {name: T, cost: [{amount: '" + "1." * n + "'}]}}", id="money"),
        pytest.param(lambda n: ROOT + "goals: {g: {name: '" + "-" * n, id="unclosed"),
        pytest.param(lambda n: ROOT + "goals: {'" + "a-" * min(n, 90) + "': {name: '" + "\\n" * n + "'}}", id="ids"),
    ],
)
def test_row_41_time_grows_with_the_input_and_no_faster(make: Callable[[int], str]) -> None:
    assert slope(make, 4_000) < 12  # linear is 4, quadratic is 16
