"""Groups of verbs that questions ask for together, each with the direction in which it is walked: one table of data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kientruc.model.verbs import Verb

Step = tuple[Verb, bool]  # a verb, and whether it is walked against the way it is written
Via = str | Verb | Iterable[str | Verb]

_DEPENDENCY: tuple[Step, ...] = (
    (Verb.USES, False),
    (Verb.READS, False),
    (Verb.HOSTED_ON, False),
    (Verb.DEPENDS_ON, False),
    (Verb.INHERITS, False),
    (Verb.PART_OF, True),
)
VERB_GROUPS: Mapping[str, tuple[Step, ...]] = MappingProxyType(
    {
        # The way data take. Reading brings data from the target to the reader. `uses` is left out: it says who needs
        # whom, not what moves; a service that hands out data is written with `sends` or `reads` as well.
        "data_flow": ((Verb.SENDS, False), (Verb.WRITES, False), (Verb.READS, True)),
        # From the one who needs to the one needed: what falls with it. A whole needs its parts.
        "dependency": _DEPENDENCY,
        # From the one who needs to the one needed, in the widest sense: also what only exists, or is only served,
        # because something does it. A receiver of data is left out: it goes on without them.
        "need": (*_DEPENDENCY, (Verb.REALISES, True), (Verb.SERVES, True)),
        # From a part to its whole.
        "whole": ((Verb.PART_OF, False),),
        # From a whole to its parts.
        "parts": ((Verb.PART_OF, True),),
        # Anything that passes between two systems, written on either of them.
        "exchange": tuple(
            (verb, against)
            for verb in (Verb.SENDS, Verb.READS, Verb.WRITES, Verb.USES, Verb.CONNECTS)
            for against in (False, True)
        ),
    }
)


def steps(via: Via) -> tuple[Step, ...]:
    """Give the steps of a group, of a verb (as it is written), or of several of them.

    Raises:
        KeyError: neither a group nor a verb.
    """
    if isinstance(via, str):  # a Verb is a str too
        if via in VERB_GROUPS:
            return VERB_GROUPS[via]
        if via not in _VERBS:
            raise KeyError(via)
        return ((_VERBS[via], False),)
    found = [step for name in via for step in steps(name)]
    return tuple(dict.fromkeys(found))


def verbs(via: Via) -> frozenset[Verb]:
    """Give the verbs of a group or of several, whatever their direction."""
    return frozenset(verb for verb, _ in steps(via))


_VERBS = {verb.value: verb for verb in Verb}
