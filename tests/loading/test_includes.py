"""Includes: inside the folder only, each file once, never in a circle, and every file's findings in one run."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from kientruc.loading import Loaded, load
from kientruc.reading.limits import Limits
from tests.conftest import HEAD

ROOT = HEAD.replace("include: [a.yaml]\n", "")


def write(folder: Path, **files: str) -> Path:
    """Write files; `__` in a name stands for a slash. The root gets the usual head."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text((ROOT if name == "root" else "") + text, encoding="utf-8")
    return folder / "root.yaml"


def told(loaded: Loaded) -> list[str]:
    return [f"{finding.code} {finding.span}" for finding in loaded.findings]


def test_a_pattern_names_all_files_of_a_folder_but_hidden_ones(tmp_path: Path) -> None:
    root = write(tmp_path, root="include: [x/*.yaml]", x__b="goals: {b: {name: B}}", x__a="goals: {a: {name: A}}")
    (tmp_path / "x" / ".hidden.yaml").write_text("goals: {c: {name: C}}")
    loaded = load(root)
    assert loaded.architecture is not None
    assert [file.path for file in loaded.files] == ["root.yaml", "x/a.yaml", "x/b.yaml"]
    assert list(loaded.architecture.records["goals"]) == ["a", "b"]


def test_paths_are_relative_to_the_including_file(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, root="include: x/a.yaml", x__a="include: b.yaml", x__b="goals: {b: {name: B}}"))
    assert [file.path for file in loaded.files] == ["root.yaml", "x/a.yaml", "x/b.yaml"]


def test_a_file_included_twice_is_read_once(tmp_path: Path) -> None:
    goals = "goals: {c: {name: C}}"
    loaded = load(write(tmp_path, root="include: [a.yaml, b.yaml]", a="include: c.yaml", b="include: c.yaml", c=goals))
    assert loaded.findings == ()
    assert [file.path for file in loaded.files] == ["root.yaml", "a.yaml", "c.yaml", "b.yaml"]


def test_a_pattern_may_match_the_file_it_stands_in(tmp_path: Path) -> None:
    assert load(write(tmp_path, root="include: ['*.yaml']", a="goals: {}")).findings == ()


@pytest.mark.parametrize("last", ["root", "a", "c"])
def test_a_circle_is_told_as_a_chain(last: str, tmp_path: Path) -> None:
    loaded = load(
        write(tmp_path, root="include: a.yaml", a="include: b.yaml", b="include: c.yaml", c=f"include: {last}.yaml")
    )
    assert told(loaded) == ["I-CYCLE c.yaml:1:10"]
    whole = ["root.yaml", "a.yaml", "b.yaml", "c.yaml"]
    start = whole.index(f"{last}.yaml")
    assert loaded.findings[0].values["chain"] == " → ".join([*whole[start:], f"{last}.yaml"])


def test_includes_go_eight_deep(tmp_path: Path) -> None:
    files = {f"f{n}": f"include: f{n + 1}.yaml" for n in range(1, 9)}
    loaded = load(write(tmp_path, root="include: f1.yaml", **files, f9="goals: {}"))
    assert told(loaded) == ["I-DEPTH f8.yaml:1:10"]


def test_a_missing_file_is_one_finding_and_nothing_is_said_of_what_it_may_hold(tmp_path: Path) -> None:
    dangling = "elements: {x: {kind: application, name: X, uses: khong-co}}"
    loaded = load(write(tmp_path, root="include: [a.yaml, b.yaml]", b=dangling))
    assert told(loaded) == ["I-MISSING root.yaml:4:11"]


def test_a_pattern_without_a_match_is_told(tmp_path: Path) -> None:
    assert told(load(write(tmp_path, root="include: [kien-truc/*.yaml]"))) == ["I-NONE root.yaml:4:11"]


def test_a_missing_root_is_told(tmp_path: Path) -> None:
    assert told(load(tmp_path / "khong-co.yaml")) == ["I-MISSING khong-co.yaml:1:1"]
    assert told(load(tmp_path / "khong-co" / "a.yaml")) == ["I-MISSING a.yaml:1:1"]


def test_findings_of_all_files_come_in_one_run_even_where_one_cannot_be_read(tmp_path: Path) -> None:
    loaded = load(
        write(
            tmp_path,
            root="include: [a.yaml, b.yaml, c.yaml]",
            a="goals: {g: {nam: G}}",
            b="goals:\n  h: {name: H",
            c="tasks:\n  t: {name: T, period: {from: 2017-02-30}}",
        )
    )
    assert told(loaded) == ["M-KEY a.yaml:1:13", "Y-UNCLOSED b.yaml:2:6", "M-DAY c.yaml:2:31"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system composes names itself")
def test_a_decomposed_name_on_disk_is_found(tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "kiến-trúc")
    folder.mkdir()
    (folder / unicodedata.normalize("NFD", "sở.yaml")).write_text("goals: {g: {name: G}}")
    for include in ("kiến-trúc/sở.yaml", "kiến-trúc/*.yaml"):
        loaded = load(write(tmp_path, root=f"include: [{include}]"))
        assert loaded.findings == ()
        assert [file.path for file in loaded.files] == ["root.yaml", "kiến-trúc/sở.yaml"]


def test_too_many_files_end_the_reading(tmp_path: Path) -> None:
    files = {f"f{n}": "goals: {}" for n in range(9)}
    loaded = load(write(tmp_path, root="include: [f*.yaml]", **files), Limits(files=4))
    assert told(loaded) == ["I-MANY root.yaml:4:11"]
    assert loaded.refused


def test_files_too_large_together_end_the_reading(tmp_path: Path) -> None:
    files = {f"f{n}": "goals: {}" + " " * 400 for n in range(9)}
    loaded = load(write(tmp_path, root="include: [f*.yaml]", **files), Limits(total_bytes=1000))
    assert told(loaded) == ["Y-SIZE root.yaml:4:11"]


def test_a_text_alone_includes_nothing() -> None:
    from kientruc.loading import load_text

    assert load_text(ROOT + "include: [a.yaml]\n").architecture is not None


def test_a_file_with_another_ending_is_told_unless_something_includes_it(tmp_path: Path) -> None:
    root = write(tmp_path, root="include: [x/*.yaml]", x__a="goals: {a: {name: A}}")
    for name in ("b.yml", "c.yaml.txt", "d.txt", "e.yaml.bak"):
        (tmp_path / "x" / name).write_text("goals: {b: {name: B}}", encoding="utf-8")
    loaded = load(root)
    assert loaded.architecture is not None
    assert [(one.code, one.values["path"]) for one in loaded.findings] == [
        ("I-SUFFIX", "x/b.yml"),
        ("I-SUFFIX", "x/c.yaml.txt"),
    ]
    (tmp_path / "x" / "c.yaml.txt").unlink()
    (tmp_path / "root.yaml").write_text(f"{ROOT}include: [x/*.yaml, x/*.yml]", encoding="utf-8")
    assert load(root).findings == ()
