"""Every word of the format can be explained; the words of others stay theirs."""

from __future__ import annotations

import pytest

from kientruc import api
from kientruc.errors import UsageError
from kientruc.loading import load_text
from kientruc.views.format_cards import format_card, format_words
from tests.conftest import HEAD


@pytest.mark.parametrize("word", sorted(set(format_words())))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_has_a_card(word: str, lang: str) -> None:
    card = format_card(word, lang)
    assert card is not None
    assert card.title.startswith(f"{word}: ")
    assert all(row.words or row.below for row in card.rows)
    for _, example in card.blocks:
        head = HEAD.replace("include: [a.yaml]\n", "")
        assert load_text(f"{head}{example}").findings == ()


def test_the_kinds_are_told_where_a_finding_sends_for_them() -> None:
    assert "user_group, channel, public_service" in api.explain("M-KIND", "vi")
    assert "reads → data_store, information" in api.explain("platform", "vi")
    assert "user_group → channel" in api.explain("uses", "en")
    assert "kind (" in next(line for line in api.explain("elements", "en").splitlines() if "are needed" in line)
    with pytest.raises(UsageError) as told:
        api.explain("platfrom", "en")
    assert "platform" in str(told.value.values)
