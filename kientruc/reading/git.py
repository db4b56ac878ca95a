"""The files of a commit by git's plumbing: nothing is checked out, written, fetched or run as a repository wishes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from kientruc.errors import KientrucError, UsageError
from kientruc.finding import Finding
from kientruc.reading.characters import FORBIDDEN, nfc
from kientruc.reading.files import Workspace
from kientruc.reading.limits import MIB, Limits
from kientruc.reading.refusal import Refusal
from kientruc.source import SourceFile, Span

LISTING = 16 * MIB  # bytes of one folder's listing, or of all names of refs
REF = re.compile(r"[^-\s:?*\[\\][^\s:?*\[\\]{0,249}")
_HASH = re.compile(r"[0-9a-f]{4,64}", re.IGNORECASE)
# What would point git to another repository than that of the folder it is asked in.
_LOCAL = frozenset(
    (
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
        *("GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
    )
)
# Never ask, never take a lock, never fetch what is missing, never read one object for another.
_CALM = {
    **{"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"},
    **{"GIT_NO_REPLACE_OBJECTS": "1", "GIT_PAGER": "cat", "LC_ALL": "C"},
}
_LINK, _MODULE, _FOLDER = "120000", "160000", "040000"


class Entry(NamedTuple):
    """What a folder of a commit holds under a name: its mode, object, and size in bytes, 0 for what is no file."""

    mode: str
    object: str
    size: int


class Repository:
    """The repository a folder lies in.

    Raises:
        UsageError: git is not installed, there is no repository, or git does not trust it.
    """

    def __init__(self, folder: Path) -> None:
        found = shutil.which("git")
        if found is None:
            raise UsageError("git.missing")
        self.program, self.folder = found, folder
        code, out, error = self.ask("rev-parse", "--is-bare-repository", "--show-prefix")
        if code:
            key = "git.untrusted" if "dubious ownership" in error else "git.no-repository"
            raise UsageError(key, folder=str(folder), why=_last(error))
        self.prefix = nfc(
            out.partition("\n")[2].rstrip("\n")
        )  # the folder's path in the repository; "" or with a slash

    @classmethod
    def holds(cls, folder: Path) -> bool:
        """Tell whether a folder lies in a repository, or would if git trusted it.

        Raises:
            UsageError: git is not installed, or does not trust the repository.
        """
        try:
            cls(folder)
        except UsageError as error:
            if error.key != "git.no-repository":
                raise
            return False
        return True

    def ask(self, *arguments: str) -> tuple[int, str, str]:
        """Run git to its end; give its exit code, what it said, and what it complained of."""
        with (
            TemporaryFile() as errors,
            subprocess.Popen(
                self.command(*arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=_environment(),
            ) as run,
        ):
            assert run.stdout
            out = run.stdout.read(LISTING + 1)
            if len(out) > LISTING:
                run.kill()
                raise KientrucError("git.too-large", limit=str(LISTING // MIB))
            code = run.wait()
            errors.seek(0)
            return code, out.decode("utf-8", "replace"), errors.read(LISTING).decode("utf-8", "replace")

    def command(self, *arguments: str) -> list[str]:
        """Give the command line: hooks and the monitor of files are off, whatever the repository is set to."""
        settings = ("core.hooksPath=/dev/null", "core.fsmonitor=false", "core.warnAmbiguousRefs=true")
        options = [word for setting in settings for word in ("-c", setting)]
        return [self.program, "--no-pager", "-C", str(self.folder), *options, *arguments]

    def commit(self, ref: str) -> str:
        """Give the hash of the commit a ref names.

        Raises:
            UsageError: it is no ref, there is none, it could be several, or a shallow clone lacks it.
        """
        if not REF.fullmatch(ref) or ".." in ref or FORBIDDEN.search(ref):
            raise UsageError("git.bad-ref", ref=_shown(ref))
        code, out, error = self.ask("rev-parse", "--verify", f"{ref}^{{commit}}")
        if "is ambiguous" in error:
            raise UsageError("git.ambiguous", ref=ref, found=", ".join(self._meanings(ref, error)) or "–")
        if code == 0:
            return out.strip()
        _, shallow, _ = self.ask("rev-parse", "--is-shallow-repository")
        if shallow.strip() == "true" and (_HASH.fullmatch(ref) or "~" in ref or "^" in ref):
            raise UsageError("git.shallow", ref=ref)
        raise NoRef(ref, self.refs())

    def refs(self) -> list[str]:
        """Name the branches and tags."""
        _, out, _ = self.ask("for-each-ref", "--count=10000", "--format=%(refname:lstrip=2)")
        return out.split("\n")[:-1]

    def _meanings(self, ref: str, error: str) -> Iterator[str]:
        _, out, _ = self.ask("for-each-ref", "--count=10000", "--format=%(refname)")
        yield from (name for name in out.split("\n") if name.endswith(f"/{ref}"))
        yield from re.findall(r"hint:\s+([0-9a-f]{4,64}) commit", error)


class NoRef(UsageError):
    """There is no such ref; `known` are the refs there are."""

    def __init__(self, ref: str, known: list[str]) -> None:
        super().__init__("git.no-ref", ref=ref, near="")
        self.known = known


class CommitWorkspace(Workspace):
    """A folder of a commit, read like one on a disk: no links, no submodules, within the same sizes."""

    def __init__(self, repository: Repository, commit: str, folder: tuple[str, ...], limits: Limits) -> None:
        super().__init__(repository.folder, limits)
        self.repository, self.commit, self.base = repository, commit, folder
        self.listed: dict[str, dict[str, Entry]] = {}
        self.blobs: subprocess.Popen[bytes] | None = None

    @contextmanager
    def reading(self) -> Iterator[CommitWorkspace]:
        """Keep one process of git that hands out files, and end it."""
        command = self.repository.command("cat-file", "--batch")
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as self.blobs:
            try:
                yield self
            finally:
                self.blobs.kill()
        self.blobs = None

    def lacks(self, name: str) -> list[str] | None:
        """List the folder where it, or a file of that name in it, is not there; None where reading will tell."""
        try:
            there = self._names((), Span(SourceFile(name, ""), 0, 0))
        except OSError:
            return []
        except Refusal:
            return None
        return None if name in there else there

    def _data(self, parts: tuple[str, ...], at: Span) -> bytes:
        entry = self._entries(parts[:-1], at).get(parts[-1])
        if entry is None:
            raise FileNotFoundError(parts[-1])
        _refuse_odd(entry, parts[-1], at)
        if entry.mode == _FOLDER:
            raise Refusal(Finding("I-TYPE", at, {"path": parts[-1]}, refused=True))
        self._weigh(entry.size, "/".join(parts), at)
        return self._blob(entry)

    def _names(self, parts: tuple[str, ...], at: Span) -> list[str]:
        return list(self._entries(parts, at))

    def _entries(self, parts: tuple[str, ...], at: Span) -> dict[str, Entry]:
        """List a folder below the base, part by part, so that none of them is a link."""
        tree = self.commit
        for part in (*self.base, *parts):
            entry = self._tree(tree).get(part)
            if entry is None:
                raise FileNotFoundError(part)
            _refuse_odd(entry, part, at)
            if entry.mode != _FOLDER:
                raise NotADirectoryError(part)
            tree = entry.object
        return self._tree(tree)

    def _tree(self, tree: str) -> dict[str, Entry]:
        """List a folder by its hash: by the composed form of the names in it."""
        if tree not in self.listed:
            code, out, error = self.repository.ask("ls-tree", "-z", "-l", "--full-tree", tree)
            if code:
                raise KientrucError("git.unreadable", why=_last(error))
            self.listed[tree] = dict(map(_entry, out.split("\0")[:-1]))
        return self.listed[tree]

    def _blob(self, entry: Entry) -> bytes:
        assert self.blobs is not None and self.blobs.stdin and self.blobs.stdout
        self.blobs.stdin.write(f"{entry.object}\n".encode())
        self.blobs.stdin.flush()
        head = self.blobs.stdout.readline().split()
        if len(head) != 3 or head[1] != b"blob" or int(head[2]) != entry.size:
            raise KientrucError("git.unreadable", why=entry.object)
        data = _exactly(self.blobs.stdout, entry.size)
        self.blobs.stdout.read(1)
        return data


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise KientrucError("git.unreadable", why="cat-file")
    return data


def _entry(line: str) -> tuple[str, Entry]:
    about, _, name = line.partition("\t")
    mode, kind, object, size = about.split()
    return nfc(name), Entry(_FOLDER if kind == "tree" else mode, object, int(size) if size.isdigit() else 0)


def _refuse_odd(entry: Entry, name: str, at: Span) -> None:
    """Refuse a link and a repository within the repository."""
    if entry.mode == _LINK:
        raise Refusal(Finding("I-LINK", at, {"path": name}, refused=True))
    if entry.mode == _MODULE:
        raise Refusal(Finding("I-TYPE", at, {"path": name}, refused=True))


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _LOCAL} | _CALM


def _last(error: str) -> str:
    """Give what git complained of at last, as it can be printed."""
    lines = [line for line in error.strip().split("\n") if line] or [""]
    return _shown(lines[-1].removeprefix("fatal: "))


def _shown(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)[:200]
