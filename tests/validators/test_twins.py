"""One duty in two editions looks at the same sorts of things: what was mended in one is mended in the other."""

from __future__ import annotations

from typing import Any

import pytest

from kientruc.frameworks import edition_ids
from kientruc.validators import edition
from kientruc.validators.selection import Selection

REQUIREMENTS = {id: one for name in edition_ids() for id, one in edition(name).requirements.items()}
TWINS = sorted((id, was) for id, one in REQUIREMENTS.items() for was in one.was)


def looked_at(id: str) -> tuple[set[str], set[tuple[bool, bool]]]:
    """Give the kinds that a requirement's checks select from, and whether only what is one's own and what runs."""
    kinds, flags = set[str](), set[tuple[bool, bool]]()
    for check in REQUIREMENTS[id].checks:
        for one in selections(check):
            kinds |= {kind.value for kind in one.kind or ()}
            flags.add((one.own, one.running))
    return kinds, flags


def selections(check: Any) -> list[Selection]:
    """Give what a check is about, however its kind calls it."""
    exchanges = getattr(check, "exchanges", None)
    found = (getattr(check, "select", None), getattr(check, "from_", None), getattr(exchanges, "from_", None))
    return [one for one in found if isinstance(one, Selection)]


def test_there_are_duties_of_earlier_editions() -> None:
    assert len(TWINS) >= 15


@pytest.mark.parametrize(("id", "was"), TWINS)
def test_twins_look_at_the_same(id: str, was: str) -> None:
    assert looked_at(id) == looked_at(was)
