"""What changed from one version to the next, for people: by component, each line with its cause, then the reverse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kientruc.comparing import Cause, Difference, FieldChange, Nature, RecordChange, RelationChange, What
from kientruc.comparing.difference import COURSE, HEAD, lacks_cause
from kientruc.comparing.select import Places
from kientruc.messages import text
from kientruc.model.architecture import SECTIONS, Architecture
from kientruc.model.legal import SourceKind
from kientruc.views.difference_words import Words
from kientruc.views.words import day, name

SUMMARY = 12  # fields of an added or removed record that are told in its line


COUNTED = (
    *("records_added", "records_removed", "records_renamed", "records_changed"),
    *("relations_added", "relations_removed", "relations_changed"),
    *("lines_content", "lines_evidence", "lines_course", "uncaused", "uncaused_evidence", "unconfirmed"),
)
ALWAYS = ("uncaused", "unconfirmed")  # told even where there is none


@dataclass(frozen=True, slots=True)
class CauseWords:
    """A cause as one line, and what makes it known in the list of causes."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the table: what happened to which field of which thing, before and after, who asked for it.

    `field` is "" for a thing that came, went or got another id. `bare` tells that nobody gave a cause, and should have.
    """

    number: int
    what: What
    what_words: str
    section: str
    id: str
    subject: str
    path: str
    field: str
    before: str
    after: str
    nature: Nature
    nature_words: str
    causes: tuple[CauseWords, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one component, or of one section."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause: what was asked, what was answered, and the numbers of the lines that it explains."""

    key: str
    words: str
    asked: str
    answered: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said to have changed and did not."""

    key: str
    words: str
    place: str
    asked: str
    answered: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """Everything in words. `counts` are pairs of words and numbers; `remarks` are sentences about the comparison."""

    lang: str
    title: str
    old: str
    new: str
    sample: bool
    filters: tuple[str, ...]
    remarks: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]
    causes: tuple[CauseLine, ...]
    claims: tuple[Claim, ...]


def difference(
    found: Difference,
    old: Architecture,
    new: Architecture,
    names: tuple[str, str],
    lang: str,
    filters: tuple[str, ...] = (),
) -> DifferenceView:
    """Put a difference into words.

    Args:
        names: what the user called the two.
        filters: sentences that say what was left out.
    """
    words = Words(old, new, lang)
    groups = tuple(_groups(found, words, Places(old, new)))
    samples = [one for side in (old, new) for one in side.records["sources"].values()]
    return DifferenceView(
        lang=lang,
        title=name(new.head, lang),
        old=_side(names[0], old, found.known_as, lang),
        new=_side(names[1], new, (), lang),
        sample=any(source.kind is SourceKind.SAMPLE for source in samples),
        filters=filters,
        remarks=tuple(_remarks(found, lang)),
        counts=tuple((text(f"difference.{key}", lang), number) for key, number in _counts(found)),
        groups=groups,
        causes=tuple(_causes(found, groups, words)),
        claims=tuple(_claims(found, words)),
    )


def _side(called: str, architecture: Architecture, known_as: tuple[str, ...], lang: str) -> str:
    head = architecture.head
    version = head.version or ", ".join(known_as)
    told = text("difference.version", lang, version=version) if version else text("word.unversioned", lang)
    return text("difference.side", lang, called=called, version=told, day=day(head.cut_off, lang))


def _remarks(found: Difference, lang: str) -> Iterator[str]:
    if found.known_as:
        yield text("difference.known-as", lang, version=", ".join(found.known_as))
    if found.disputed:
        yield text("difference.disputed", lang, version=found.disputed)
    if found.old.id != found.new.id:
        yield text("difference.other-id", lang, old=found.old.id, new=found.new.id)


def _counts(found: Difference) -> Iterator[tuple[str, int]]:
    counts = found.counts()
    yield from ((key, counts[key]) for key in COUNTED if counts[key] or key in ALWAYS)


def _groups(found: Difference, words: Words, places: Places) -> Iterator[Group]:
    """Give the head, then each component with its elements, then the other sections, the course of approval last."""
    sorted_in: dict[tuple[int, int, str], list[RecordChange | RelationChange]] = defaultdict(list)
    orders = {id: one.order for side in (places.old, places.new) for id, one in side.components.items()}
    rest = (*(name for name in SECTIONS if name not in COURSE), *(name for name in SECTIONS if name in COURSE))
    for change in found.changes:
        component = places.of_change(change)
        if change.section == HEAD:
            sorted_in[0, 0, HEAD].append(change)
        elif component:
            sorted_in[1, orders.get(component, 0), component].append(change)
        else:
            sorted_in[2, rest.index(change.section) if change.section in rest else len(rest), change.section].append(
                change
            )
    number = 0
    for (rank, _, key), changes in sorted(sorted_in.items()):
        title = (
            words.name("components", key) if rank == 1 else words.say("difference.group", section=_section(key, words))
        )
        lines = tuple(_numbered(_in_order(changes), words, number))
        number += len(lines)
        yield Group(key, title, lines)


def _section(key: str, words: Words) -> str:
    return words.say(f"section.{key}")


def _in_order(changes: Iterable[RecordChange | RelationChange]) -> list[RecordChange | RelationChange]:
    """Put the relations of a thing after it."""

    def order(change: RecordChange | RelationChange) -> tuple[str, str, int]:
        if isinstance(change, RecordChange):
            return change.section, change.id, 0
        return change.section, change.source, 1

    return sorted(changes, key=order)


def _numbered(changes: Iterable[RecordChange | RelationChange], words: Words, before: int) -> Iterator[Line]:
    for change in changes:
        for line in change.lines:
            before += 1
            yield _line(before, change, line, words)


def _line(
    number: int, change: RecordChange | RelationChange, line: RecordChange | RelationChange | FieldChange, words: Words
) -> Line:
    whole = not isinstance(line, FieldChange)
    if isinstance(line, FieldChange):
        before, after = words.sides(line)
        path, field, what = line.path, words.field(line.parts), What.CHANGED
    else:
        before, after = _whole(change, words)
        path, field, what = "", "", change.what
    if isinstance(change, RelationChange):
        path = f"{change.path}.{path}" if path else change.path
        exchange = f"{words.verb(change.verb)} {words.name(change.target_section, change.target)}"
        field = f"{exchange} · {field}" if field else exchange
    came_or_went = whole and change.what in (What.ADDED, What.REMOVED)
    fields = [one for field_change in change.fields for one in field_change.causes] if came_or_went else []
    causes = dict.fromkeys((*line.causes, *sorted(fields, key=lambda one: one.order)))
    id = change.id if isinstance(change, RecordChange) else change.source
    return Line(
        number=number,
        what=what,
        what_words=words.say(f"difference.{what}"),
        section=change.section,
        id=id,
        subject=words.name(change.section, id) if change.section != HEAD else words.say("section.architecture"),
        path=path,
        field=field,
        before=before,
        after=after,
        nature=line.nature,
        nature_words=words.say(f"difference.{line.nature}"),
        causes=tuple({_key(cause): CauseWords(_key(cause), words.cause(cause)) for cause in causes}.values()),
        bare=lacks_cause(line),
    )


def _key(cause: Cause) -> str:
    return "/".join(filter(None, (cause.section, cause.hearing, cause.id)))


def _whole(change: RecordChange | RelationChange, words: Words) -> tuple[str, str]:
    """Tell of a thing that came or went what it says, of one with a new id both ids."""
    if change.what is What.RENAMED and isinstance(change, RecordChange):
        return change.old_id, f"{change.id} ({words.say(f'matched.{change.matched}')})"
    told = [one for one in change.fields if one.nature is not Nature.EVIDENCE and not one.path.startswith("name")]
    side = 1 if change.what is What.ADDED else 0
    said = "; ".join(f"{words.field(one.parts)}: {words.sides(one)[side]}" for one in told[:SUMMARY])
    said = f"{said}; …" if len(told) > SUMMARY else said or "–"
    successors = change.successors if isinstance(change, RecordChange) else ()
    after = words.say("difference.succeeded", names="; ".join(map(words.anything, successors))) if successors else "–"
    return ("–", said) if side else (said, after)


def _causes(found: Difference, groups: Iterable[Group], words: Words) -> Iterator[CauseLine]:
    """Give each cause with the lines it explains, comments last."""
    explained: dict[str, list[int]] = defaultdict(list)
    for group in groups:
        for line in group.lines:
            for cause in line.causes:
                explained[cause.key].append(line.number)
    told: dict[str, Cause] = {}
    for change in found.changes:
        for one in (change, *change.fields):
            told.update((_key(cause), replace(cause, fields=())) for cause in one.causes)
    for key, known in sorted(told.items()):
        asked, answered = words.asked(known)
        yield CauseLine(key, words.cause(known), asked, answered, tuple(dict.fromkeys(explained[key])))


def _claims(found: Difference, words: Words) -> Iterator[Claim]:
    for one in found.unconfirmed:
        asked, answered = words.asked(one.cause)
        bare = replace(one.cause, fields=())
        if not one.id:
            place = words.say("difference.no-place")
        else:
            fields = ", ".join(words.field((field,)) for field in one.fields)
            place = f"{words.name(one.section, one.id)} [{one.id}]" + (f": {fields}" if fields else "")
        yield Claim(_key(one.cause), words.cause(bare), place, asked, answered)
