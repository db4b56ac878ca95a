"""What a thing that came or went says, in words: what matters, on the side of before or of after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kientruc.comparing import Cause, FieldChange, RecordChange, RelationChange, What
from kientruc.comparing.plain import EVIDENCE
from kientruc.views.difference_causes import runs
from kientruc.views.difference_words import PLACES, Words

Change = RecordChange | RelationChange
# Of a thing that came or went, what is told first; what is not named here follows in the order of its paths.
FIRST = (
    *("number", "title", "text", "quote", "proposal", "grounds", "kind", "type", "verdict", "position", "state"),
    *("response", "answer", "reason", "who", "from", "lead", "owner", "decided_by", "operator", "chair", "by", "due"),
    *("date", "total", "amount", "result", "outcome", "conclusions", "summary", "about"),
)
ENTRIES = frozenset(("conclusions", "answers", "in_state"))  # each entry is told by itself
OF_SUBJECT = ("name", "name_en")  # told with the thing, not again in what it says
UNTOLD = ("ask", "id")  # whom to ask is mostly taken over from the file; a conclusion bears its id already
# What stands elsewhere on the page, or only places a thing in lists and forms; JSON and `show` have it.
ASIDE = frozenset(
    (
        *("codes", "places", "component", "scope", "confirmed_by", "lifecycle", "sharing"),
        *("protection", "protocol", "frequency", "order"),
    )
)
NOTHING = "–"
REST = 99  # the rank of what is not named in FIRST


@dataclass(frozen=True, slots=True)
class Told:
    """What a thing that came or went says: a field and its value; `entry` tells that it is one of many alike."""

    field: str
    value: str
    entry: bool


def whole(change: Change, told: Sequence[Told], words: Words) -> tuple[str, str]:
    """Tell of a thing that came what it says now, of one that went what it said and why, of a new id both ids."""
    if change.what is What.RENAMED and isinstance(change, RecordChange):
        how = "" if change.matched == "retired" else f" ({words.say(f'matched.{change.matched}')})"
        return change.old_id, f"{change.id}{how}"
    nothing = words.say("difference.not-there") if isinstance(change, RelationChange) else NOTHING
    said = "; ".join(f"{one.field}: {one.value}" for one in told) or words.say("difference.there")
    if change.what is What.ADDED:
        return nothing, said
    return said, "; ".join(_gone(change, words)) or nothing


def _gone(change: Change, words: Words) -> Iterator[str]:
    """Tell what took the place of a thing that went, and why it did."""
    if isinstance(change, RecordChange):
        if change.successors:
            yield words.say("difference.succeeded", names="; ".join(map(words.anything, change.successors)))
        retired = words.new.records["retired"].get(change.id)
        if retired is not None and retired.reason:
            yield words.say("difference.retired-because", reason=words.either(retired.reason, retired.reason_en))


def told_of(change: Change, words: Words, rows: Mapping[str, tuple[int, Cause]]) -> Iterator[Told]:
    """Give what a thing that came or went says, the most important first, what belongs together as one.

    Args:
        rows: the numbers of causes in their list; what has a row there is told there.
    """
    if change.what not in (What.ADDED, What.REMOVED):
        return
    side = 1 if change.what is What.ADDED else 0
    id = change.id if isinstance(change, RecordChange) else ""
    if row := rows.get(f"{change.section}/{id}"):
        yield Told(words.say("difference.told"), words.say("difference.told-in-row", rows=row[0]), False)
        return
    groups: dict[tuple[str, ...], list[FieldChange]] = defaultdict(list)
    for field in sorted((one for one in change.fields if _is_worth(change, one, words)), key=_rank):
        groups[field.parts[: 2 if field.parts[0] in ENTRIES else 1]].append(field)
    elsewhere = {at: rows[key][0] for at in groups if (key := "/".join((at[0], id, *at[1:]))) in rows}
    for at, fields in groups.items():
        if at not in elsewhere:
            yield Told(words.field(at), "; ".join(_parts(at, fields, side, words)), at[0] in ENTRIES)
        elif at == min(elsewhere):
            named = ", ".join(map(str, runs(elsewhere.values())))
            yield Told(words.field(at[:1]), words.say("difference.told-in-row", rows=named), False)


def _parts(at: tuple[str, ...], fields: Iterable[FieldChange], side: int, words: Words) -> Iterator[str]:
    """Say what lies under one field: places by what they name, anything else by the rest of its path."""
    for field in fields:
        rest, value = words.field(field.parts, len(at)), words.sides(field)[side]
        place = next((one + 1 for one, part in enumerate(field.parts[:-1]) if part in PLACES), 0)
        if place:
            named = words.entry(field.parts[place - 1], field.parts[place])
            limits = f" ({value})" if field.parts[place + 1 :] else ""
            under = f"{words.field(field.parts[:place], len(at))}: " if place > len(at) else ""
            yield f"{under}{named}{limits}"
        elif at == ("states",) and len(field.parts) == 2:
            yield words.anything(field.parts[1])
        else:
            yield f"{rest}: {value}" if rest else value


def _is_worth(change: Change, field: FieldChange, words: Words) -> bool:
    """Leave out what stands elsewhere on the page, what only programs need, and the evidence of all but sources."""
    parts = field.parts
    successors = isinstance(change, RecordChange) and change.successors
    if parts[0] in OF_SUBJECT or parts[-1] in UNTOLD or is_for_programs(change.section, field, words.lang):
        return False
    if parts[0] in ASIDE or (parts[0] == "successor" and successors):
        return False
    return change.section == "sources" or parts[-1] not in EVIDENCE or parts[0] == "extra"


def _rank(field: FieldChange) -> tuple[int, tuple[str, ...], int, tuple[str, ...]]:
    first, last = (FIRST.index(part) if part in FIRST else REST for part in (field.parts[0], field.parts[-1]))
    return first, field.parts[:2], last, field.parts


def _is_english(field: FieldChange) -> bool:
    return field.parts[-1].endswith("_en")


def is_for_programs(section: str, field: FieldChange, lang: str) -> bool:
    """Tell whether no reader needs a changed field: English beside Vietnamese, the hash of a version's model."""
    return (lang == "vi" and _is_english(field)) or (section == "versions" and field.path == "model")
