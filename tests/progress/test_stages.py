"""Which steps of the edition's path an architecture has: told only where its steps say which they are."""

from __future__ import annotations

from kientruc.progress.stages import stages
from kientruc.validators.run import edition
from tests.progress.conftest import Make

STEPS = edition("qgs-1425").path


def test_steps_that_are_named_are_there_and_the_others_are_lacking(make: Make) -> None:
    found = stages(make(), STEPS)
    assert found.named["xay-dung"] == ("soan",)
    assert found.lacking == ("chuan-bi", "lay-y-kien", "tu-kiem-tra", "ban-giao")


def test_where_no_step_is_named_nothing_is_known_to_be_lacking(make: Make) -> None:
    found = stages(make((", stage: xay-dung", ""), (", stage: ban-hanh", "")), STEPS)
    assert (found.told, found.lacking) == (False, ())
