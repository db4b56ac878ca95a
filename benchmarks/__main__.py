"""Measure the ratios we promise, in turns: `python -m benchmarks [--large|--portfolio] [--assert] [--keep]`.

`--large` measures the 100,000 elements instead of the rest, `--portfolio` the many provinces; `--assert` ends with 1
where a bound is broken or a row could not be measured; `--keep` leaves docs/benchmarks.md as it is.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.processes import HERE, KIENTRUC, PYTHON, Run, run

PAGE = HERE / "docs" / "benchmarks.md"
PROVINCE = str(HERE / "architecture.yaml")
Values = dict[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: what it is, from which measurements it comes, and its bound."""

    label: str
    needs: tuple[str, ...]
    value: Callable[[Values], float]
    bound: float
    unit: str


@dataclass(frozen=True, slots=True)
class Process:
    """A command that is run as a whole process, in every `every`-th round."""

    command: tuple[str, ...]
    every: int = 1
    may_exit: tuple[int, ...] = (0,)


FLOOR = Process((PYTHON, "-c", "import typer, pydantic, networkx, yaml"))


def processes(folder: Path) -> Mapping[str, Process]:
    """The commands of an ordinary run."""
    large = str(folder / "10000" / "architecture.yaml")
    return {
        "bare": Process((PYTHON, "-c", "pass")),
        "typer_rich": Process((PYTHON, "-c", "import typer, rich")),
        "floor": FLOOR,
        "version": Process((*KIENTRUC, "--version")),
        "help": Process((*KIENTRUC, "--help")),
        "province": Process((*KIENTRUC, "check", PROVINCE), may_exit=(0, 1)),
        "whole": Process((*KIENTRUC, "check", large), every=4, may_exit=(0, 1)),
        **{f"results {size}": _results(folder, size) for size in (2_000, 10_000, 30_000)},
        **{f"build {size}": _build(folder, size) for size in (2_000, 10_000, 30_000)},
    }


def _results(folder: Path, size: int) -> Process:
    """All requirements, their JSON and the report, without the explorer."""
    root, out = folder / str(size) / "architecture.yaml", folder / f"results-{size}"
    return Process((PYTHON, "-m", "benchmarks.results", str(root), str(out)), every=4)


def _build(folder: Path, size: int) -> Process:
    """Everything a build leaves: all requirements, JSON, report, explorer, model; most is counted, not drawn."""
    root, out = folder / str(size) / "architecture.yaml", folder / f"out-{size}"
    return Process((*KIENTRUC, "build", str(root), "-o", str(out)), every=4)


def _sized(size: int, bound: float, memory: float, whole: float) -> Iterator[Row]:
    """The promises for an architecture of so many elements."""
    for name, label, limit in (
        ("results", "all requirements with JSON and report", bound),
        ("build", "`kientruc build`, with the explorer", whole),
    ):
        key = f"{name} {size}"
        yield Row(f"{label}, {size:,} elements", (key, "floor"), partial(_over, key, "floor"), limit, "F")
        if memory:
            yield Row("… its memory", (f"{key} memory",), itemgetter(f"{key} memory"), memory, "MB")


def _over(key: str, other: str, values: Values) -> float:
    return values[key] / values[other]


ROWS = (
    Row("`kientruc --version`", ("version", "bare"), lambda v: v["version"] / v["bare"], 2, "× bare Python"),
    Row("`kientruc --help`", ("help", "typer_rich"), lambda v: v["help"] / v["typer_rich"], 2.5, "× `typer, rich`"),
    Row("`kientruc check`, the province", ("province", "floor"), lambda v: v["province"] / v["floor"], 1.6, "F"),
    Row(
        "loading 10,000 elements",
        ("loading", "events", "validation"),
        lambda v: v["loading"] / (v["events"] + v["validation"]),
        2.5,
        "× (libyaml events + pydantic validation)",
    ),
    Row("`kientruc check`, 10,000 elements", ("whole", "floor"), lambda v: v["whole"] / v["floor"], 14, "F"),
    Row("… its memory", ("whole memory",), lambda v: v["whole memory"], 350, "MB"),
    Row(
        "load and check, 5,000 → 20,000 elements",
        ("check_small", "check_large"),
        lambda v: v["check_large"] / v["check_small"],
        4.8,
        "×",
    ),
    *(
        row
        for size, bound, memory, whole in ((2_000, 7, 0, 17), (10_000, 30, 500, 55), (30_000, 90, 1229, 160))
        for row in _sized(size, bound, memory, whole)
    ),
    Row(
        "two versions of 10,000 elements compared, nothing the same", ("diff_large",), lambda v: v["diff_large"], 5, "s"
    ),
    Row("… every id and name changed a little", ("renames_large",), lambda v: v["renames_large"], 5, "s"),
    Row(
        "… 2,000 → 10,000 elements",
        ("renames_small", "renames_large"),
        lambda v: v["renames_large"] / v["renames_small"],
        8,
        "×",
    ),
    Row("the layered picture, 75 blocks", ("svg",), lambda v: v["svg"], 0.5, "s"),
    Row("a network of 60 boxes and 73 lines", ("network",), lambda v: v["network"], 0.4, "s"),
    Row("a paper of 60 pages, 20 figures, 30 tables: DOCX", ("paper docx",), lambda v: v["paper docx"], 3, "s"),
    Row("… PDF", ("paper pdf",), lambda v: v["paper pdf"], 5, "s"),
    Row("… HTML", ("paper html",), lambda v: v["paper html"], 3, "s"),
    Row("… the DOCX held against its format", ("paper lint",), lambda v: v["paper lint"], 3, "s"),
    Row("`check --watch`, 2,000 elements, a save: loading", ("watch loading",), lambda v: v["watch loading"], 0.3, "s"),
    Row("… the check", ("watch check",), lambda v: v["watch check"], 2, "s"),
    Row("… loading, all in one file", ("watch one file",), lambda v: v["watch one file"], 0.5, "s"),
    Row(
        "… loading again against a first time",
        ("load again", "load first"),
        lambda v: v["load again"] / v["load first"],
        0.5,
        "×",
    ),
    Row("`serve`, the province, a save: the page", ("serve page",), lambda v: v["serve page"], 0.5, "s"),
)
LARGE_ROWS = (
    Row("`kientruc check`, 100,000 elements", ("huge", "floor"), lambda v: v["huge"] / v["floor"], 160, "F"),
    Row("… its memory", ("huge memory",), lambda v: v["huge memory"], 2048, "MB"),
)
PORTFOLIO_ROWS = (
    Row("34 provinces of 1,000 elements, 2 jobs, nothing known", ("cold",), lambda v: v["cold"], 150, "s"),
    Row("… again, unchanged", ("again",), lambda v: v["again"], 8, "s"),
    Row("… 2 jobs against 1", ("cold", "one job"), lambda v: v["cold"] / v["one job"], 0.8, "×"),
    Row(
        "… a dask cluster of 2 workers against 2 jobs", ("cluster", "cold"), lambda v: v["cluster"] / v["cold"], 2, "×"
    ),
    Row("300 provinces of 200 elements against 30: time", ("many", "few"), lambda v: v["many"] / v["few"], 11, "×"),
    Row(
        "… memory for each province more",
        ("many memory", "few memory"),
        lambda v: (v["many memory"] - v["few memory"]) / 270,
        0.5,
        "MB",
    ),
    Row("… its memory", ("many memory",), lambda v: v["many memory"], 300, "MB"),
)
MODES = {
    "--large": ("numbers, 100,000 elements", LARGE_ROWS),
    "--portfolio": ("numbers, many provinces", PORTFOLIO_ROWS),
}


def measure(folder: Path) -> tuple[Values, dict[str, str]]:
    """Measure everything but the largest. Gives medians by name, and why what is missing is missing."""
    for elements in (75, 2_000, 5_000, 10_000, 20_000, 30_000):
        _generate(folder, elements)
    values, problems = in_turns(processes(folder), rounds=12)
    roots = {
        elements: str(folder / str(elements) / "architecture.yaml") for elements in (75, 2_000, 5_000, 10_000, 20_000)
    }
    for name, arguments in (
        ("loading", (roots[10_000],)),
        ("growth", (roots[5_000], roots[20_000])),
        ("difference", (roots[2_000], roots[10_000])),
        ("picture", (roots[75],)),
        ("network", ()),
        ("papers", ()),
        ("watching", ()),
    ):
        found = run((PYTHON, "-m", "benchmarks.inside", name, *arguments))
        if found.problem:
            problems[name] = found.problem
        else:
            values |= json.loads(found.printed)
    return values, problems


def measure_large(folder: Path) -> tuple[Values, dict[str, str]]:
    """Measure the largest, once, with the floor in turns around it."""
    root = _generate(folder, 100_000)
    huge = Process((*KIENTRUC, "check", root, "--max-elements", "200000"), every=4, may_exit=(0, 1))
    return in_turns({"floor": FLOOR, "huge": huge}, rounds=4)


def measure_portfolio(folder: Path) -> tuple[Values, dict[str, str]]:
    """Measure portfolios once each, by the clock, with their largest process."""
    many = (*KIENTRUC, "portfolio")
    for name, count, elements in (("34", 34, 1_000), ("30", 30, 200), ("300", 300, 200)):
        made = run((PYTHON, "-m", "benchmarks.provinces", str(count), str(elements), str(folder / name)))
        assert not made.problem, made.printed
    values: Values = {}
    problems: dict[str, str] = {}
    cluster = (PYTHON, "-m", "benchmarks.cluster")
    for name, command, source, out, *more in (
        *(("cold", many, "34", "a"), ("again", many, "34", "a"), ("one job", many, "34", "b", "--jobs", "1")),
        *(("cluster", cluster, "34", "e"), ("few", many, "30", "c"), ("many", many, "300", "d")),
    ):
        began = perf_counter()
        found = run((*command, str(folder / source), "-o", str(folder / out), *more))
        values |= {name: perf_counter() - began, f"{name} memory": found.memory}
        if found.problem:
            problems[name] = found.problem
    return values, problems


def in_turns(commands: Mapping[str, Process], rounds: int) -> tuple[Values, dict[str, str]]:
    """Run all commands in turns, after one turn that warms the disk; give medians of seconds and of mebibytes."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    problems: dict[str, str] = {}
    for turn in range(-1, rounds):
        for name, process in commands.items():
            if name in problems or turn % process.every or (turn < 0 and process.every > 1):
                continue
            found = run(process.command, process.may_exit)
            if found.problem:
                problems[name] = found.problem
            elif turn >= 0:
                runs[name].append(found)
    values = {name: median(run.seconds for run in found) for name, found in runs.items() if found}
    values |= {f"{name} memory": median(run.memory for run in found) for name, found in runs.items() if found}
    return values, problems


def _generate(folder: Path, elements: int) -> str:
    made = run((PYTHON, "-m", "benchmarks.generate", str(elements), str(folder / str(elements))))
    assert not made.problem, made.printed
    return made.printed.strip()


def table(rows: tuple[Row, ...], values: Values) -> Iterator[str]:
    """The promises, each with what was measured."""
    yield "| what | measured | bound | |"
    yield "|---|---|---|---|"
    for row in rows:
        found = _value(row, values)
        shown = "not measured" if found is None else f"{_number(found)} {row.unit}"
        verdict = "" if found is None else "held" if found <= row.bound else "**broken**"
        yield f"| {row.label} | {shown} | ≤ {row.bound:,g} {row.unit} | {verdict} |"


def _value(row: Row, values: Values) -> float | None:
    return row.value(values) if all(name in values for name in row.needs) else None


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def behind(values: Values, problems: Mapping[str, str]) -> Iterator[str]:
    """The seconds that the ratios come from, and what could not be measured."""
    shown = "; ".join(f"{name} {value:.3f}" for name, value in values.items() if "memory" not in name)
    yield f"Seconds: {shown}."
    for name, problem in problems.items():
        yield f"Not measured: {name} ({problem})."


def write_page(marker: str, lines: list[str]) -> None:
    """Put the numbers between two markers of docs/benchmarks.md."""
    begin, end = f"<!-- {marker}: begin -->", f"<!-- {marker}: end -->"
    page = PAGE.read_text(encoding="utf-8")
    block = "\n".join((begin, *lines, end))
    PAGE.write_text(re.sub(f"{begin}.*?{end}", lambda _: block, page, flags=re.S), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Measure, print, write, and judge."""
    mode = next((one for one in MODES if one in arguments), "")
    marker, rows = MODES.get(mode, ("numbers", ROWS))
    way = {"--large": measure_large, "--portfolio": measure_portfolio}.get(mode, measure)
    with TemporaryDirectory() as folder:
        values, problems = way(Path(folder))
    version = ".".join(map(str, sys.version_info[:2]))
    lines = [*table(rows, values), "", *behind(values, problems), f"Python {version}, {os.cpu_count()} cores."]
    print("\n".join(lines))
    if "--keep" not in arguments:
        write_page(marker, lines)
    found = [(_value(row, values), row.bound) for row in rows]
    broken = any(value is None or value > bound for value, bound in found)
    return int(broken and "--assert" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
