"""Checks that run by themselves: what comes into a repository for a hook, for GitHub, for GitLab."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from kientruc.errors import UsageError

ROOT = "architecture.yaml"
FORGES = ("github", "gitlab")


@dataclass(frozen=True, slots=True)
class Automation:
    """Files by folder and path below it; `programs` are to be run, `may_stay` need not be ours."""

    files: Mapping[Path, Mapping[str, bytes]]
    programs: Collection[str] = ()
    may_stay: Collection[str] = ()


def automation(folder: Path, hook: bool, forges: Collection[str], lang: str = "vi") -> Automation:
    """Plan what checks the architecture in a folder by itself; nothing is written yet.

    Args:
        folder: need not be there yet.
        forges: of `FORGES`.
    Raises:
        UsageError: a hook is asked for where there is no git or no repository; something stands in a file's place; a
            forge would read more into the folder's name than a name.
    """
    from kientruc.renderers import automation as spelt
    from kientruc.renderers.new_files import refuse_taken

    top = _top(folder)
    base = top or folder
    file = (folder.resolve() / ROOT).relative_to(base.resolve()).as_posix()
    if "${{" in file or "\n" in file:
        raise UsageError("automation.odd-folder", path=file.replace("\n", " "))
    files: dict[Path, dict[str, bytes]] = {}
    for forge in forges:
        spell = spelt.github if forge == "github" else spelt.gitlab
        files.setdefault(base, {}).update({path: words.encode() for path, words in spell(file, lang).items()})
    if hook:
        script = spelt.hook(file, Path(sys.executable).as_posix(), lang)
        files[_hooks(folder)] = {"pre-commit": script.encode()}
    plan = Automation(files, ("pre-commit",), (spelt.GITLAB_ROOT,))
    for where, data in files.items():
        refuse_taken(where, (path for path in data if path not in plan.may_stay), data)
    return plan


def automate(plan: Automation) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write what was planned; give the files written, and those that stood there and stay as they are.

    Raises:
        UsageError, OutputError: something stands in a file's place, or the disk refused.
    """
    from kientruc.renderers.new_files import place

    written, kept = list[Path](), list[Path]()
    for where, data in plan.files.items():
        placed = place(where, data, plan.may_stay, plan.programs)
        written += (where / path for path in placed.written)
        kept += (where / path for path in placed.kept if path in plan.may_stay)
    return tuple(written), tuple(kept)


def _top(folder: Path) -> Path | None:
    found = _git(folder, "rev-parse", "--show-toplevel")
    return Path(found).resolve() if found else None


def _hooks(folder: Path) -> Path:
    if shutil.which("git") is None:
        raise UsageError("git.missing")
    found = _git(folder, "rev-parse", "--git-path", "hooks")
    if not found:
        raise UsageError("automation.no-repository", folder=str(folder))
    return (_standing(folder) / found).resolve()


def _standing(folder: Path) -> Path:
    """Give the folder itself, or the nearest above it that is there."""
    absolute = folder.absolute()
    return next(one for one in (absolute, *absolute.parents) if one.is_dir())


def _git(folder: Path, *arguments: str) -> str:
    """Ask git; "" where there is none, or no repository."""
    program = shutil.which("git")
    if program is None:
        return ""
    asked = subprocess.run(
        [program, "-C", str(_standing(folder)), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return asked.stdout.strip("\n") if asked.returncode == 0 else ""
