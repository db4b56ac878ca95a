"""A folder of submissions becomes one portfolio: all told, only what changed run, the same bytes however it is run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from kientruc import portfolio
from kientruc.api.isolated_worker import Budget
from kientruc.errors import UsageError
from kientruc.portfolio import Portfolio, Settings, cluster, pool
from kientruc.portfolio.found import Handed, find
from kientruc.portfolio.pages import pages
from kientruc.portfolio.told import parse
from tests.portfolio.made import BINH, root, submissions, write


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return submissions()


@pytest.fixture
def handed(tmp_path: Path, files: dict[str, bytes]) -> Path:
    return write(tmp_path / "in", files)


def run(folder: Path, out: Path, settings: Settings = Settings(), jobs: int = 2) -> Portfolio:  # noqa: B008  # frozen
    out.mkdir(exist_ok=True)
    return portfolio.gathered(folder, out, settings, jobs)


def spelt(found: Portfolio) -> tuple[bytes, str]:
    return portfolio.spell_json(found), repr(pages(found, "vi"))


def test_every_submission_is_told_and_a_refused_one_says_why(handed: Path, tmp_path: Path) -> None:
    found = run(handed, tmp_path / "out")
    assert [(one.name, one.told.kind) for one in found.lines] == [
        ("an-1.yaml", "file"),
        ("an-2.yaml", "file"),
        ("binh", "folder"),
        ("cat.yaml", "file"),
        ("dung.xlsx", "workbook"),
        ("xau.yaml", "file"),
    ]
    refusals = {one.name: (why.code, why.at) for one in found.lines if (why := one.told.refusal)}
    assert refusals == {"xau.yaml": ("Y-ALIAS", "xau.yaml:2:15")}
    assert found.aside == ("doc.txt",)


def test_only_what_changed_is_run_again(handed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(handed, out)
    assert first.ran == 6
    again = run(handed, out)
    assert (again.ran, spelt(again)) == (0, spelt(first))
    (handed / "binh/phan/a.yaml").write_text(BINH.replace("Thư điện tử của", "Hộp thư của"), encoding="utf-8")
    changed = run(handed, out)
    assert changed.ran == 1
    assert [one.name for one, before in zip(changed.lines, first.lines, strict=True) if one != before] == ["binh"]
    (handed / "binh/phan/b.yaml").write_text("notes: {}\n", encoding="utf-8")
    assert run(handed, out).ran == 1
    (handed / "cat.yaml").unlink()
    assert [one.name for one in run(handed, out).lines] == ["an-1.yaml", "an-2.yaml", "binh", "dung.xlsx", "xau.yaml"]
    assert run(handed, out, Settings(("qgs-1425",))).ran == 5


def test_order_of_files_and_number_of_jobs_change_no_byte(tmp_path: Path, files: dict[str, bytes]) -> None:
    one = run(write(tmp_path / "a", files), tmp_path / "out-a", jobs=1)
    other = run(write(tmp_path / "b", dict(reversed(files.items()))), tmp_path / "out-b", jobs=3)
    assert spelt(one) == spelt(other)


@pytest.mark.thorough
def test_what_was_done_before_a_kill_is_not_done_again(handed: Path, tmp_path: Path) -> None:
    out, late = tmp_path / "out", handed / "zz.yaml"
    late.write_text(root("tinh-zz", "Z") + "elements:\n" + _many(2_500), encoding="utf-8")
    command = [sys.executable, "-m", "kientruc", "portfolio", str(handed), "-o", str(out), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while _kept(out / "portfolio.sqlite") < 2 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kept = _kept(out / "portfolio.sqlite")
    assert kept >= 2 and not (out / "portfolio.json").exists()
    resumed = run(handed, out)
    assert resumed.ran == 7 - kept
    whole = run(handed, tmp_path / "whole")
    assert (whole.ran, spelt(resumed)) == (7, spelt(whole))


def _many(count: int) -> str:
    return "".join(f"  e-{at}: {{kind: application, name: Ứng dụng {at}}}\n" for at in range(count))


def _kept(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:
        return 0


# --- a poisoned submission ---


def test_whatever_becomes_of_one_submission_the_others_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "TARGET", "tests.portfolio.targets:prepare")
    names = ("killed", "slow", "greedy", "failing", "lying", "fine")
    folder = write(tmp_path / "in", {f"{name}.yaml": root(name, name).encode() for name in names})
    tasks = find(folder, tmp_path).handed
    budget = Budget(seconds=4.0)
    found = {one.path.stem: parse(data) for one, data in pool.run_here(tasks, Settings(), 2, budget)}
    told = {name: (one.refusal.code, one.lasting) if one.refusal else None for name, one in found.items()}
    assert told == {
        "killed": ("crash", False),
        "slow": ("time", False),
        "greedy": ("memory", True),
        "failing": ("error", True),
        "lying": ("result", True),
        "fine": None,
    }


def test_a_link_in_the_folder_is_no_submission(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.yaml": root("a", "A").encode()})
    (folder / "b.yaml").symlink_to(folder / "a.yaml")
    (folder / "c").symlink_to(folder)
    found = find(folder, tmp_path / "out")
    assert ([one.name for one in found.handed], found.aside) == (["a.yaml"], ("b.yaml", "c"))


def test_names_that_are_one_or_no_text_do_not_hide_a_submission(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"Cô.yaml": b"a", unicodedata.normalize("NFD", "Cô.yaml"): b"b"})
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml")).write_bytes(b"c")
    found = find(folder, tmp_path / "out")
    assert ([one.name for one in found.handed], found.aside) == (["Cô.yaml", "\ufffd.yaml"], ("Cô.yaml",))


# --- several machines ---


def test_a_submission_that_travels_gives_the_bytes_of_one_that_stays(handed: Path, tmp_path: Path) -> None:
    (handed / "binh/phan/z.yaml").symlink_to(handed / "doc.txt")
    (handed / "goc.yaml").write_text(root("goc", "Gốc") + "include: [binh/phan/a.yaml]\n", encoding="utf-8")
    tasks = find(handed, tmp_path / "out").handed
    here = {one.name: data for one, data in pool.run_here(tasks, Settings(), 2)}
    for one in tasks:
        assert (
            cluster.run_one(one.path.name, one.kind, cluster.carried(one), b'[[], null, null, "internal"]')
            == here[one.name]
        )
    codes = {name: why.code for name, data in here.items() if (why := parse(data).refusal)}
    assert codes == {"binh": "I-LINK", "xau.yaml": "Y-ALIAS"}


def test_without_dask_a_cluster_is_wrong_usage(handed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    task = Handed("cat.yaml", "file", handed / "cat.yaml", "")
    with pytest.raises(UsageError, match="no-dask"):
        list(cluster.run_there([task], Settings(), "tcp://127.0.0.1:1"))


@pytest.mark.thorough
def test_a_cluster_that_loses_a_worker_gives_the_bytes_of_one_machine(handed: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    here = run(handed, tmp_path / "here")
    (tmp_path / "there").mkdir()
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:

        def lose(done: int, all: int) -> None:
            if done == 1:
                os.kill(next(iter(local.workers.values())).pid, signal.SIGKILL)

        there = portfolio.gathered(handed, tmp_path / "there", Settings(), 2, local.scheduler_address, lose)
    assert (there.ran, spelt(there)) == (6, spelt(here))


# --- the command ---


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kientruc", "portfolio", *arguments], capture_output=True, text=True)


def test_the_command_writes_three_pages_and_ends_with_findings_where_one_is_refused(
    handed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ended = command(str(handed), "-o", str(out), "--lang", "en")
    assert ended.returncode == 1
    assert ended.stderr.startswith("xau.yaml: xau.yaml:2:15: Y-ALIAS: ")
    assert ended.stdout.endswith("6 submissions: 6 run anew, 1 refused.\n")
    assert sorted(path.name for path in out.iterdir()) == [
        f"portfolio.{one}" for one in ("html", "json", "sqlite", "xlsx")
    ]
    pages = {path.name: path.read_bytes() for path in out.iterdir()}
    assert command(str(out / "portfolio.sqlite"), "-o", str(tmp_path / "copy"), "--lang", "en").returncode == 1
    assert (tmp_path / "copy/portfolio.html").read_bytes() != b""
    assert {path.name: path.read_bytes() for path in out.iterdir()} == pages


def test_a_page_of_somebody_else_stays(handed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "portfolio.html").write_text("của tôi", encoding="utf-8")
    assert command(str(handed), "-o", str(out)).returncode == 3
    assert (out / "portfolio.html").read_text(encoding="utf-8") == "của tôi"
    assert command(str(tmp_path / "none"), "-o", str(tmp_path / "new")).returncode == 2
    assert command(str(handed), "-o", str(handed)).returncode == 2
    assert not (tmp_path / "new").exists() and not (handed / "portfolio.sqlite").exists()
