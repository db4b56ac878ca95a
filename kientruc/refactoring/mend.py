"""Findings mended where one remedy is right: each fix is tried, and kept only if its place is clean afterwards."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kientruc.editing.patch import Edited, Patch, encode
from kientruc.editing.splice import Splice, apply
from kientruc.finding import Finding, Replacement
from kientruc.loading import Loaded, load
from kientruc.loading.gathered import Gathered
from kientruc.loading.includes import gather
from kientruc.loading.kept import Kept
from kientruc.loading.references import COMPARISONS
from kientruc.reading import tree
from kientruc.reading.files import Workspace
from kientruc.reading.yaml_file import parse
from kientruc.refactoring.certain import certain_id
from kientruc.refactoring.fixes import RESHAPING, Fix, remedies, respelt, unquoted
from kientruc.source import SourceFile

ROUNDS = 100  # a file that cannot be read tells one slip at a time
_DISPLACED = ("Y-INDENT", "M-STRAY", "M-RECORD", "M-DEEP", "M-OUTDENT", "M-SECTION")  # told just behind a wrong indent
Texts = Mapping[str, str]  # new texts of files, by path


@dataclass(frozen=True, slots=True)
class Mended:
    """The patch, the findings it mends (each with its fix, where it stood when it was told), and what is left."""

    patch: Patch
    done: tuple[Finding, ...]
    after: Loaded


def with_fixes(root: Path, loaded: Loaded) -> Loaded:
    """Give what was loaded; each finding that `mend` mends has its fix."""
    fixed = {(one.code, one.order): one for one in mend(root, loaded).done}
    found = (fixed.get((one.code, one.order)) for one in loaded.findings)
    pairs = zip(loaded.findings, found, strict=True)
    return loaded._replace(findings=tuple(replace(one, fix=its.fix) if its else one for one, its in pairs))


def mend(root: Path, loaded: Loaded) -> Mended:
    """Mend all that needs no judgement; nothing is written yet.

    What a fix brings to light is mended in the next round. A fix after which anything is wrong at its place, or after
    which the file says anything else than it did, is left to a person; so is a file that cannot be read in the end,
    for what stops the scanner may not be where it was looked for.
    """
    mender = _Mender(root, loaded)
    now, texts, done = loaded, dict[str, str](), list[Finding]()
    for _ in range(ROUNDS):
        held, changed, now = mender.round(now, texts)
        if not held:
            break
        texts |= changed
        done += held
    unread = {path for path in texts if parse(_file(now, path), loaded.limits)[0] is None}
    if unread:
        texts = {path: text for path, text in texts.items() if path not in unread}
        done = [one for one in done if one.fix[0].span.path not in unread]
        now = mender.load(texts) if texts else loaded
    files = {file.path: file for file in loaded.files}
    edited = (Edited(files[path], text, files[path].bom) for path, text in sorted(texts.items()))
    return Mended(Patch(tuple(one for one in edited if one.changed)), tuple(done), now)


class _Mender:
    """Tries fixes on the files of one architecture."""

    def __init__(self, root: Path, loaded: Loaded) -> None:
        self.root, self.limits = root, loaded.limits
        files = [file for file in loaded.files if _comes_back(file)]
        self.boms = {file.path: file.bom for file in files}

    def load(self, texts: Texts) -> Loaded:
        return load(self.root, self.limits, self.bytes(texts))

    def bytes(self, texts: Texts) -> dict[str, bytes]:
        return {path: encode(text, self.boms[path]) for path, text in texts.items()}

    def round(self, now: Loaded, texts: Texts) -> tuple[list[Finding], dict[str, str], Loaded]:
        """Mend what can be mended at once.

        Returns:
            The findings that are gone, each with its fix; the new texts; what came of loading these.
        """
        proposed = [*self.proposed(now, texts)]
        reshaped = {one.fix[0].span.path for one in proposed if one.code in RESHAPING}
        first = [one for one in proposed if one.code in RESHAPING or one.fix[0].span.path not in reshaped]
        for some in (first, [one for one in proposed if one.code not in RESHAPING]):
            chosen = _apart(some)
            while chosen:
                changed = _applied(chosen)
                after = self.load({**texts, **changed})
                held = self.held(chosen, now, after)
                if len(held) == len(chosen):
                    return chosen, changed, after
                chosen = held
        return [], {}, now

    def proposed(self, now: Loaded, texts: Texts) -> Iterator[Finding]:
        known: _Known | None = None
        for finding in now.findings:
            if finding.span is None or finding.span.path not in self.boms or self.is_free(finding):
                continue
            if finding.code == "M-REF":
                known = known or _Known(
                    gather(Workspace(self.root.parent, self.limits, self.bytes(texts)), self.root.name, Kept())
                )
                fix = known.fix(finding)
            else:
                fix = self.only(finding, remedies(finding), now, texts)
            if fix:
                yield replace(finding, fix=fix)

    def is_free(self, finding: Finding) -> bool:
        """Tell whether an ambiguous word stands where anything may: it may be true or false there as well as text."""
        at = finding.span
        nodes = [parse(at.file, self.limits)[0]] if at and finding.code == "Y-AMBIG" else []
        while nodes:
            node = nodes.pop()
            if isinstance(node, dict):
                free = node.get("extra")
                if at and isinstance(free, tree.Mapping) and free.start <= at.start <= free.end:
                    return True
                nodes.extend(node.values())
        return False

    def only(self, finding: Finding, fixes: Sequence[Fix], now: Loaded, texts: Texts) -> Fix:
        """Give the one fix, or of several the one with which the file can be read; if more can, they must agree."""
        if len(fixes) < 2:
            return fixes[0] if fixes else ()
        held: list[tuple[Fix, object]] = []
        for fix in fixes:
            one = replace(finding, fix=fix)
            after = self.load({**texts, **_applied([one])})
            data, _ = parse(_file(after, fix[0].span.path), self.limits)
            if data is not None and self.held([one], now, after):
                held.append((fix, data))
        return held[0][0] if held and all(data == held[0][1] for _, data in held) else ()

    def held(self, chosen: Sequence[Finding], now: Loaded, after: Loaded) -> list[Finding]:
        """Give the findings whose places are clean, in files that say nothing else than before."""
        if after.refused:
            return []
        wrong: dict[str, list[tuple[int, str]]] = {}
        for finding in after.findings:
            if finding.span:
                wrong.setdefault(finding.span.path, []).append((finding.span.start, finding.code))
        by_file: dict[str, list[Finding]] = {}
        for one in chosen:
            by_file.setdefault(one.fix[0].span.path, []).append(one)
        spoilt = {path for path, some in by_file.items() if not self.says_the_same(path, some, now, after)}
        return [one for one in chosen if _is_clean(one, chosen, wrong) and not spoilt & {r.span.path for r in one.fix}]

    def says_the_same(self, path: str, some: Sequence[Finding], now: Loaded, after: Loaded) -> bool:
        """Tell whether a file could not be read before, or holds the same but for what was replaced."""
        before, _ = parse(_file(now, path), self.limits)
        if before is None or any(one.code in RESHAPING for one in some):
            return True
        new, _ = parse(_file(after, path), self.limits)
        return _same_but(
            before, new, {one.span.start for finding in some for one in finding.fix if one.span.path == path}
        )


class _Known:
    """All ids, and how often each is named."""

    def __init__(self, gathered: Gathered) -> None:
        self.ids = {section: tuple(entries) for section, entries in gathered.sections.items()}
        self.named: Counter[str] = Counter()
        nodes: list[object] = [entry.node for entries in gathered.sections.values() for entry in entries.values()]
        nodes += [gathered.head.node] if gathered.head else []
        while nodes:
            node = nodes.pop()
            if isinstance(node, str):
                self.named[node] += 1
            elif isinstance(node, dict):
                self.named.update(node.keys())
                nodes.extend(node.values())
            elif isinstance(node, list):
                nodes.extend(node)
        self.left = COMPARISONS

    def fix(self, finding: Finding) -> Fix:
        """Give the id that is meant wherever the wrong one stands.

        It must be named elsewhere, and not less often: else it is the declaration that may be misspelt.
        """
        id, sections = finding.values["id"], finding.values["sections"].split(", ")
        ids = {one for section in sections for one in self.ids.get(section, ())}
        self.left -= len(ids) + 1
        if self.left < 0 or finding.values.get("hidden") or finding.values.get("elsewhere"):
            return ()
        near = certain_id(id, ids)
        places = [span for span in (finding.span, *finding.also) if span]
        if not near or self.named[near] < len(places) or any(unquoted(span) != id for span in places):
            return ()
        return tuple(respelt(span, near) for span in places)


def _comes_back(file: SourceFile) -> bool:
    """Tell whether the bytes of a file can be made of its text again: a lone CR was read as LF."""
    return hashlib.sha256(encode(file.text, file.bom)).hexdigest() == file.sha256


def _file(loaded: Loaded, path: str) -> SourceFile:
    return next((file for file in loaded.files if file.path == path), SourceFile(path, ""))


def _apart(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out the fixes that reach into one before."""
    kept: list[Finding] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for finding in findings:
        places = [(one.span.path, one.span.start, one.span.end) for one in finding.fix]
        if not any(
            start <= other_end and other <= end
            for path, start, end in places
            for other, other_end in taken.get(path, ())
        ):
            kept.append(finding)
            for path, start, end in places:
                taken.setdefault(path, []).append((start, end))
    return kept


def _applied(findings: Sequence[Finding]) -> dict[str, str]:
    by_file: dict[str, list[Replacement]] = {}
    for finding in findings:
        for one in finding.fix:
            by_file.setdefault(one.span.path, []).append(one)
    return {
        path: apply(some[0].span.file, [Splice(one.span.start, one.span.end, one.text) for one in some])
        for path, some in by_file.items()
    }


def _is_clean(finding: Finding, chosen: Sequence[Finding], wrong: Mapping[str, Sequence[tuple[int, str]]]) -> bool:
    """Tell whether nothing is wrong any more where a fix was made."""
    for one in finding.fix:
        path, start = one.span.path, one.span.start
        moved = sum(
            len(other.text) - (other.span.end - other.span.start)
            for each in chosen
            for other in each.fix
            if other.span.path == path and other.span.start < start
        )
        begin, end = start + moved, start + moved + len(one.text)
        for at, code in wrong.get(path, ()):
            if not one.text and at == begin and code == finding.code:
                return False
            if begin <= at < end or (one.text and at == end and code in _DISPLACED):
                return False
    return True


def _same_but(one: object, other: object, places: set[int]) -> bool:
    """Tell whether two trees hold the same, but for keys and values that began at these places in the first."""
    if isinstance(one, tree.Mapping) and isinstance(other, tree.Mapping):
        if len(one) != len(other):
            return False
        for index, ((name, value), (its, new)) in enumerate(zip(one.items(), other.items(), strict=True)):
            key_at, value_at = (packed >> tree.BITS for packed in one.spans[2 * index : 2 * index + 2])
            if name != its and key_at not in places:
                return False
            if value_at not in places and not _same_but(value, new, places):
                return False
        return True
    if isinstance(one, tree.Sequence) and isinstance(other, tree.Sequence):
        starts = [packed >> tree.BITS for packed in one.spans]
        pairs = zip(starts, one, other, strict=False)
        return len(one) == len(other) and all(at in places or _same_but(a, b, places) for at, a, b in pairs)
    return type(one) is type(other) and one == other
