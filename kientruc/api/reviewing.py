"""Submissions that nobody trusts, appraised: each in a child of its own, with the reviewer's files and no others."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args

from kientruc import __version__
from kientruc.api.isolated import Reply, run_all
from kientruc.api.isolated_worker import USUAL, Budget, End
from kientruc.loading.gathered import proposal
from kientruc.messages import text

State = Literal["appraised", "unread", "refused"]
NAME = "ket-qua-doi-chieu"
FORMATS = ("json", "html", "docx", "pdf")
QUESTIONS = "cau-hoi.yaml"
FILES = frozenset((*(f"{NAME}.{format}" for format in FORMATS), QUESTIONS))
TOOL = f"kientruc {__version__}"
_HEAD = struct.Struct(">I")
TOLD = 3  # reasons printed for one submission; its page has them all
MOST_HEAD = 1_000_000  # bytes of what a child says beside its files


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What the reviewer decides for all submissions of one run. Paths are the reviewer's own.

    `editions` empty: the one each declares, with the guide that prescribes its forms. `on` empty: each one's cut-off.
    `previous` are earlier submissions; each is compared with that of the same architecture. `issuer` heads the paper.
    """

    editions: tuple[str, ...] = ()
    on: str = ""
    waivers: str = ""
    answers: str = ""
    previous: tuple[str, ...] = ()
    cut_off: str = ""
    issuer: str = ""
    elements: int = 0
    lang: str = "vi"
    formats: tuple[str, ...] = FORMATS

    def packed(self) -> bytes:
        """Give it as bytes."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Reviewing:
        """Read what `packed` gave."""
        values: dict[str, Any] = json.loads(data)
        several = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **several})


class Outcome(NamedTuple):
    """What became of one submission: files by name, verdicts by edition, the thresholds of --fail-on it reaches.

    `reasons` say in words why it was not appraised; they come from a stranger's input and are escaped where shown.
    """

    path: Path
    name: str
    state: State
    verdicts: tuple[tuple[str, str], ...]
    reached: tuple[str, ...]
    reasons: tuple[str, ...]
    files: Mapping[str, bytes]


def appraise_all(
    paths: Sequence[Path], reviewing: Reviewing, workers: int = 0, budget: Budget = USUAL
) -> Iterator[Outcome]:
    """Appraise submissions, each in a child of its own; whatever one does, the others are appraised.

    Args:
        paths: bundles, folders, root files, workbooks; the outcomes come in their order, each under a name of its own.
    """
    names = _names(paths)
    tasks = [json.dumps({"path": str(path), "name": name}).encode() for path, name in zip(paths, names, strict=True)]
    replies = run_all("kientruc.api.appraising:appraiser", reviewing.packed(), tasks, workers, budget)
    for path, name, reply in zip(paths, names, replies, strict=True):
        yield read_reply(path, name, reply, reviewing, budget)


def _names(paths: Sequence[Path]) -> list[str]:
    """Give each submission a name for its folder: of the file, for a root file of its folder; numbered where taken."""
    found: list[str] = []
    for path in paths:
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed: they may lead in circles
        is_root = whole.suffix.lower() in (".yaml", ".yml") and whole.stem == "architecture"
        words = whole.parent.name if is_root else whole.name if whole.is_dir() else whole.stem
        name = proposal(words)[:60] or "ho-so"
        number = 2
        free = name
        while free in found:
            free, number = f"{name}-{number}", number + 1
        found.append(free)
    return found


def packed(outcome: Outcome) -> bytes:
    """Give an outcome as bytes, which `read_reply` reads."""
    files = sorted(outcome.files.items())
    head = {
        "state": outcome.state,
        "verdicts": outcome.verdicts,
        "reached": outcome.reached,
        "reasons": [reason[:2_000] for reason in outcome.reasons[:20]],
        "files": [[name, len(data)] for name, data in files],
    }
    told = json.dumps(head).encode()
    return _HEAD.pack(len(told)) + told + b"".join(data for _, data in files)


def read_reply(path: Path, name: str, reply: Reply, reviewing: Reviewing, budget: Budget) -> Outcome:
    """Read what a child gave, as a stranger's bytes; what it did not end well is a refusal with its reason."""
    if reply.end is End.DONE:
        try:
            return _unpacked(path, name, reply.data)
        except (ValueError, KeyError, TypeError, RecursionError, struct.error):
            reply = Reply(End.CRASH, b"", "protocol")
    values = {"detail": reply.detail, "seconds": f"{budget.seconds:g}", "memory": str(budget.memory >> 20)}
    return lost(path, name, text(f"isolated.{reply.end.value}", reviewing.lang, **values), reviewing)


def _unpacked(path: Path, name: str, data: bytes) -> Outcome:
    (size,) = _HEAD.unpack_from(data)
    if size > MOST_HEAD:
        raise ValueError("too long a head")
    at = _HEAD.size + size
    head: dict[str, Any] = json.loads(data[_HEAD.size : at])
    files: dict[str, bytes] = {}
    for file, length in head["files"]:
        if file not in FILES or file in files or not isinstance(length, int) or length < 0:
            raise ValueError("no file of ours")
        files[file] = data[at : at + length]
        at += length
    if at != len(data) or head["state"] not in get_args(State):
        raise ValueError("not what was announced")
    verdicts = tuple((str(edition), str(verdict)) for edition, verdict in head["verdicts"])
    reached, reasons = (tuple(map(str, head[key])) for key in ("reached", "reasons"))
    return Outcome(path, name, head["state"], verdicts, reached, reasons, MappingProxyType(files))


def lost(path: Path, name: str, reason: str, reviewing: Reviewing, sha256: str = "") -> Outcome:
    """Make the outcome of a submission of which nothing can be read, for a reason in words."""
    from kientruc.finding import Severity
    from kientruc.renderers import appraisal_html, appraisal_json
    from kientruc.views.appraisal import Appraisal, Submitted
    from kientruc.views.remarks import Remark

    remark = Remark("", Severity.BLOCKER, reason, text("isolated.help", reviewing.lang), None)
    submitted = Submitted(path.name, text("submission.unread", reviewing.lang), sha256)
    view = Appraisal(reviewing.lang, submitted, (remark,), 0, None)
    files = {f"{NAME}.json": appraisal_json.render(view, "refused", TOOL, None)}
    if "html" in reviewing.formats:
        files[f"{NAME}.html"] = appraisal_html.render(view, TOOL)
    return Outcome(path, name, "refused", (), (), (reason,), MappingProxyType(files))


def budget(seconds: int) -> Budget:
    """Give what one submission may take: so many seconds of the clock, two thirds of them of a processor."""
    return Budget(cpu=max(1, seconds * 2 // 3), seconds=float(seconds))


def told(outcome: Outcome, folder: Path, lang: str) -> Iterator[str]:
    """Tell what became of a submission, in lines for a terminal."""
    from kientruc.renderers.escapes import clean

    verdicts = "; ".join(
        text("review.verdict", lang, edition=edition, verdict=text(f"verdict.{verdict}", lang))
        for edition, verdict in outcome.verdicts
    )
    path = str(outcome.path)
    yield clean(text(f"review.{outcome.state}", lang, path=path, verdicts=verdicts, folder=str(folder)))
    for reason in outcome.reasons[:TOLD]:
        yield clean(f"   {reason}")
    if len(outcome.reasons) > TOLD:
        yield text("text.more", lang, count=len(outcome.reasons) - TOLD)


def code_of(outcome: Outcome, threshold: str) -> int:
    """Give the exit code for one submission: 3 for a refusal, 1 where it reaches the threshold of --fail-on, else 0."""
    if outcome.state == "refused":
        return 3
    return int(threshold in outcome.reached)
