"""Runs commands in children that are killed with -9 at seeded moments; says what lies there before and after.

`python -m tests.killing FOLDER COUNT SEED`. The modules are loaded once, each child is forked.
Half of the children die before a seeded change of the disk, half at a seeded part of the time that the command takes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from openpyxl import load_workbook

from kientruc.cli import run

MODEL = """\
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01, version: "0.2"}
organisations: {tinh: {name: UBND tỉnh}, so: {name: Sở A}}
states: {nay: {name: Nay, role: baseline}}
elements:
  lgsp: {kind: platform, name: Nền tảng, codes: {mau03: KT-02}, owner: so}
  mot-cua: {kind: application, name: Một cửa, codes: {mau03: KT-03}, owner: so, uses: [lgsp]}
contents:
  nd: {name: Nội dung, codes: {mau03: ND-01}, about: [mot-cua], now: Chưa có, required: Có}
"""
EDITED = MODEL.replace("name: Một cửa", "name: Một cửa điện tử")
COMMANDS = {
    "build": ("build", "-o", "out"),
    "bundle": ("bundle", "-o", "goi.zip"),
    "dossier": ("dossier", "-o", "ho-so", "--only", "to-trinh"),
    "import": ("import", "mau03", "mau.xlsx", "--into", "architecture.yaml", "--apply"),
    "import-survey": ("import", "survey", "khao-sat-so.xlsx", "--apply"),
    "review": ("review", "nhan/mau.yaml", "-o", "tham-dinh", "--workers", "1"),
    "portfolio": ("portfolio", "nhan", "-o", "tong-hop", "--jobs", "1"),
    "init": ("init", "moi", "--cut-off", "2026-09-01"),  # a folder that is not there
    "init-here": ("init", "co-san", "--cut-off", "2026-09-01"),  # one with files of somebody's own
}
CHANGES = ("os.rename", "os.remove", "os.mkdir", "open")
OURS = (".kientruc-tmp", ".kientruc-pending.json")
STORED = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal")  # what it holds is seen in the pages made of it


def child(folder: Path, command: tuple[str, ...], at: int | None = None, after: float | None = None) -> float:
    """Run a command in a child that dies before its change number `at` of the disk, or `after` so many seconds.

    Returns:
        The seconds it took; -1 if it was killed.
    """
    start = time.monotonic()
    pid = os.fork()
    if not pid:
        os.chdir(folder)
        done = [0]

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event not in CHANGES or (event == "open" and not _writes(arguments)):
                return
            done[0] += 1
            if done[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

        if at is not None:
            sys.addaudithook(hook)
        if after is not None:
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, max(after, 0.001))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = run(list(command))
        os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return -1
    fine = (0, 1, 2) if command[0] == "init" else (0, 1)  # it was done, and is not done again
    assert os.WEXITSTATUS(status) in fine, (command, os.WEXITSTATUS(status))
    return time.monotonic() - start


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def hashes(folder: Path) -> dict[str, str]:
    """Give the hash of each file but the tool's own traces of a write that did not end."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(STORED) and not any(part.endswith(OURS) for part in path.parts)
    }


def _fill(form: Path) -> None:
    """Fill in a survey as a department would: one name is mended."""
    book = load_workbook(form)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for cell in (cell for sheet in shown for row in sheet.iter_rows() for cell in row):
        if cell.value == "Một cửa":
            cell.value = "Một cửa điện tử"
    book.save(form)


class Case:
    """One command with a folder that holds the outputs of an earlier version, and what the new ones must be."""

    def __init__(self, base: Path, name: str) -> None:
        self.name, self.command, self.before = name, COMMANDS[name], base / name
        self.before.mkdir()
        self.write(MODEL)
        if name == "import":
            self.write(EDITED)
            child(self.before, ("export", "mau03", "-o", "mau.xlsx"))
            self.write(MODEL)
        elif name == "import-survey":
            child(self.before, ("export", "survey", "-o", "."))
            _fill(self.before / self.command[2])
        elif name.startswith("init"):
            (self.before / "co-san").mkdir()
            (self.before / "co-san" / "README.md").write_text("của tôi", encoding="utf-8")
        else:
            child(self.before, self.command)
            self.write(EDITED)
        self.old = hashes(self.before)
        self.after = base / f"{name}-sau"
        shutil.copytree(self.before, self.after)
        self.seconds = child(self.after, self.command)
        self.new = hashes(self.after)
        assert self.old != self.new, name

    def write(self, model: str) -> None:
        (self.before / "nhan").mkdir(exist_ok=True)
        for path in ("architecture.yaml", "nhan/mau.yaml"):
            (self.before / path).write_text(model, encoding="utf-8")

    def trial(self, folder: Path, rng: random.Random) -> tuple[bool, list[str]]:
        """Kill one run; tell whether it was killed, and what is not as it must be."""
        shutil.copytree(self.before, folder)
        if rng.random() < 0.5:
            killed = child(folder, self.command, at=rng.randrange(1, 2 * len(self.new) + 4)) < 0
        else:
            killed = child(folder, self.command, after=self.seconds * rng.uniform(0.1, 1.0)) < 0
        faults = [
            f"{self.name}: {name} is neither the previous nor the new"
            for name, found in hashes(folder).items()
            if found not in (self.old.get(name), self.new.get(name))
        ]
        faults += [f"{self.name}: {name} is gone" for name in self.old.keys() & self.new.keys() - hashes(folder).keys()]
        child(folder, self.command)
        if hashes(folder) != self.new:
            faults.append(f"{self.name}: the next run does not finish it")
        if left := [path.name for path in folder.rglob("*") if path.name.endswith(OURS)]:
            faults.append(f"{self.name}: {left} stayed")
        shutil.rmtree(folder)
        return killed, faults


def main(base: Path, count: int, seed: int) -> int:
    warm = base / "am"
    warm.mkdir()
    (warm / "architecture.yaml").write_text(MODEL, encoding="utf-8")
    os.chdir(warm)
    for command in (("export", "mau03", "-o", "mau.xlsx"), COMMANDS["bundle"], COMMANDS["import"]):  # without threads
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            run(list(command))
    cases = [Case(base, name) for name in COMMANDS]
    rng, killed = random.Random(seed), 0
    for number in range(count):
        died, faults = cases[number % len(cases)].trial(base / "lan", rng)
        killed += died
        for fault in faults:
            print(fault)
    print(killed, count)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
