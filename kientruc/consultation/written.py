"""New comments and answers as edits of the files: beside the comments that are there, else in a file of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Edited, Patch
from kientruc.editing.refused import EditRefused, refused
from kientruc.editing.spelling import spell, tidy
from kientruc.loading import Loaded, load
from kientruc.model.architecture import Architecture
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Mapping as Tree
from kientruc.source import SourceFile, Span

NEW_FILE = "gop-y.yaml"

Data = Mapping[str, object]


def patch_for(
    root: Path,
    loaded: Loaded,
    comments: Mapping[str, Data],
    answers: Mapping[tuple[str, str], Data],
    into: str,
    limits: Limits,
) -> Patch:
    """Make the patch, and load what it makes.

    Raises:
        EditRefused: a file cannot be edited, or what would be written does not load as it is meant.
    """
    assert loaded.architecture is not None
    path, other = _place(loaded, loaded.architecture, comments, into)
    patch = _patch(loaded, path, comments, answers, limits)
    if _lacking(root, patch, comments, limits) and other:  # the new file would not be read: no pattern takes it in
        path, patch = other, _patch(loaded, other, comments, answers, limits)
    if why := _lacking(root, patch, comments, limits):
        raise EditRefused("comments.breaks" if why in comments else "comments.not-loaded", path=path, code=why)
    return patch


def _place(loaded: Loaded, architecture: Architecture, comments: Mapping[str, Data], into: str) -> tuple[str, str]:
    """Give the file for new comments, and another for the case that it is new and nobody would read it."""
    if into:
        return into, ""
    rounds = {str(data["round"]) for data in comments.values()}
    there = Counter[str]()
    for one in architecture.records["comments"].values():
        if span := one.span():
            there[span.path] += 1000 if one.round in rounds else 1
    if there:
        return min(there, key=lambda path: (-there[path], path)), ""
    spans = (one.span() for id, one in architecture.records["rounds"].items() if id in rounds or not rounds)
    beside = next((span.path for span in spans if span), loaded.files[0].path)
    return str(PurePosixPath(beside).with_name(NEW_FILE)), beside


def _patch(
    loaded: Loaded, path: str, comments: Mapping[str, Data], answers: Mapping[tuple[str, str], Data], limits: Limits
) -> Patch:
    edits = Edits(loaded.files, limits)
    _answers(edits, loaded.architecture, answers)
    new: tuple[Edited, ...] = ()
    if comments and path in {file.path for file in loaded.files}:
        top = edits.tree(path)
        if not isinstance(top, Tree):
            raise refused("edit.unreadable", Span(top.file, 0, 0))
        if "comments" in top:
            for id, data in comments.items():
                edits.insert(path, ("comments", id), data)
        else:
            edits.insert(path, ("comments",), comments)
    elif comments:
        new = (Edited(SourceFile(path, ""), _text(comments), False),)
    files = (*edits.patch().files, *new)
    return Patch(tuple(sorted(files, key=lambda edited: edited.file.path)))


def _answers(edits: Edits, architecture: Architecture | None, answers: Mapping[tuple[str, str], Data]) -> None:
    assert architecture is not None
    whole: dict[str, dict[str, Data]] = {}
    for (id, body), data in answers.items():
        round = architecture.records["rounds"][id]
        if round.origin.has("answers"):
            edits.insert(round.span().path, ("rounds", id, "answers", body), data)
        else:
            whole.setdefault(id, {})[body] = data
    for id, some in whole.items():
        edits.insert(architecture.records["rounds"][id].span().path, ("rounds", id, "answers"), some)


def _text(comments: Mapping[str, Data]) -> str:
    return "\n".join(spell(tidy({"comments": comments})).below) + "\n"


def _lacking(root: Path, patch: Patch, comments: Mapping[str, Data], limits: Limits) -> str:
    """Load what would be written; give the code of what is wrong, "" where all is there and says what was meant."""
    after = load(root, limits, {edited.file.path: edited.data for edited in patch.files})
    if after.architecture is None:
        return after.findings[0].code if after.findings else "–"
    found = after.architecture.records["comments"]
    for id, data in comments.items():
        if id not in found or any(_said(found[id], name) != tidy(value) for name, value in data.items()):
            return id
    return ""


def _said(record: object, name: str) -> object:
    value = getattr(record, "from_" if name == "from" else name)
    return [*value] if isinstance(value, tuple) else tidy(value)
