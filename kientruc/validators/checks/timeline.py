"""One thing comes after another as it must: tasks, states, what takes over, what is used."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, Literal

from kientruc.validators import presence, sequence
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.matter import Found, Matter

What = Literal["waits", "states", "successors", "presence", "claims"]
ASKED: Mapping[What, Callable[[Matter], Iterator[Found]]] = MappingProxyType(
    {
        "waits": sequence.waits,
        "states": sequence.states,
        "successors": presence.successors,
        "presence": presence.presence,
        "claims": presence.claims,
    }
)


class Timeline(Check):
    """`waits`: no task begins before what it waits for. `states`: their days follow each other.

    `successors`: where a thing is gone, its successor is there. `presence`: what is joined in a state, or has values of
    its own there, is in it. `claims`: the status of a relation is what the states show. A year contradicts a day only
    where none of its days would fit.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"target", "target_id", "found", "allowed"}

    kind: Literal["timeline"]
    what: What

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each pair that can be compared; both places belong to a failure."""
        yield from ASKED[self.what](matter)
