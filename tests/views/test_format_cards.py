"""Every word of the format can be explained; the words of others stay theirs."""

from __future__ import annotations

import pytest

from kientruc import api
from kientruc.errors import UsageError
from kientruc.loading import load_text
from kientruc.views.code_examples import EXAMPLES
from kientruc.views.field_cards import field_card, field_words
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


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("owner", "chủ quản"),
        ("treatment", "keep"),
        ("security_level", "unknown: vì sao"),
        ("unknown", "ask: mã cơ quan trả lời"),
        ("baseline", "role"),
        ("maps", "components"),
        ("component", "elements"),
        ("defaults", "certainty"),
        ("udnv", "Ứng dụng"),
        ("ứng dụng", "application"),
        ("Chủ quản", "owner"),
        ("Hạ tầng số", "hts"),
        ("M-REF", "phong-mai"),
    ],
)
def test_a_word_is_explained_by_its_code_and_by_its_name(word: str, told: str) -> None:
    assert told in api.explain(word, "vi")


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_example_of_a_code_brings_it_about_and_is_put_right(code: str) -> None:
    head = HEAD.replace("include: [a.yaml]\n", "")
    wrong, right = EXAMPLES[code]
    assert [finding.code for finding in load_text(head + wrong).findings] == [code]
    assert load_text(head + right).findings == ()


def test_every_field_value_and_place_has_a_card() -> None:
    shelf = [api.edition(id) for id in ("cpdt-1.0", "qgs-1425")]
    for word in field_words(shelf):
        card = field_card(word, shelf, "en")
        assert card is not None, word
        assert card.rows
