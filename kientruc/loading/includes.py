"""The root file and all it includes: each file once, inside one folder, never in a circle."""

from __future__ import annotations

from kientruc.loading.gathered import Gathered, show
from kientruc.loading.kept import Kept
from kientruc.loading.sections import check_root, take
from kientruc.reading.files import Workspace
from kientruc.reading.limits import Limits
from kientruc.reading.paths import shown
from kientruc.reading.refusal import Refusal
from kientruc.reading.tree import Mapping, Sequence
from kientruc.source import SourceFile, Span


def gather(workspace: Workspace, root: str, kept: Kept) -> Gathered:
    """Read the root file, by its name in the workspace's folder, and all it includes."""
    gathered = Gathered(workspace.limits, kept)
    _Reader(gathered, workspace).read_root(root)
    return gathered


def gather_text(file: SourceFile, limits: Limits) -> Gathered:
    """Read one text that may not include others."""
    gathered = Gathered(limits)
    check_root(gathered, take(gathered, file))
    return gathered


class _Reader:
    """Follows includes and knows the chain it came by; what is refused ends the reading."""

    def __init__(self, gathered: Gathered, workspace: Workspace) -> None:
        self.gathered, self.workspace = gathered, workspace
        self.passed_over: dict[str, Span] = {}  # and which pattern passed over it
        self.seen: dict[str, str] = {}  # by what a disk that ignores case would call the same file

    def read_root(self, name: str) -> None:
        top = self._take(name, None)
        if top is not None:
            self.seen[name.casefold()] = name
            self._includes(top, name, (name,))
        self._tell_passed_over()
        check_root(self.gathered, top)

    def _tell_passed_over(self) -> None:
        """Warn of files that no pattern names, but would with another ending: they were meant to be read."""
        read = {file.path for file in self.gathered.files}
        for path, at in self.passed_over.items():
            if path not in read:
                self.gathered.warn("I-SUFFIX", at, path=shown(path))

    def _take(self, path: str, named_at: Span | None) -> Mapping | None:
        try:
            file = self.workspace.read(path, named_at)
        except Refusal as refusal:
            self._give_up(refusal)
            return None
        return take(self.gathered, file)

    def _give_up(self, refusal: Refusal) -> None:
        self.gathered.findings.add(refusal.finding)
        self.gathered.whole = False

    def _includes(self, top: Mapping, path: str, chain: tuple[str, ...]) -> None:
        written = top.get("include")
        many = isinstance(written, Sequence)
        folder = path.rpartition("/")[0]
        for index, item in enumerate(written if isinstance(written, Sequence) else [written]):
            at = top.span("include", index) if many else top.span("include")
            if not isinstance(item, str):
                if "include" in top:
                    self.gathered.find("M-TYPE", at, field="include", expected="type.text", found=show(item))
                continue
            try:
                names = self.workspace.matching(f"{folder}/{item}" if folder else item, at)
            except Refusal as refusal:
                self._give_up(refusal)
                continue
            self.passed_over |= dict.fromkeys(self.workspace.passed_over, at)
            if not names:
                self.gathered.find("I-NONE", at, path=item)
                self.gathered.whole = False
            for name in names:
                if name not in chain or "*" not in item:
                    self._include(name, at, chain)

    def _include(self, path: str, at: Span, chain: tuple[str, ...]) -> None:
        if self.gathered.findings.refused:
            return
        if path in chain:
            self.gathered.find("I-CYCLE", at, chain=" → ".join((*chain[chain.index(path) :], path)))
            return
        other = self.seen.setdefault(path.casefold(), path)
        if other != path:
            self.gathered.find("I-NAME", at, path=shown(path), other=shown(other))
        elif len(chain) > self.gathered.limits.include_depth:
            self.gathered.find("I-DEPTH", at, limit=str(self.gathered.limits.include_depth))
            self.gathered.whole = False
        elif path not in (file.path for file in self.gathered.files):
            top = self._take(path, at)
            if top is not None:
                self._includes(top, path, (*chain, path))
