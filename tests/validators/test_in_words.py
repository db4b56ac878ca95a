"""Checks in words: each condition as a reader of either language gets it, and every requirement that ships."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from kientruc.api import edition
from kientruc.frameworks import Edition, edition_ids
from kientruc.loading import load_text
from kientruc.messages import LANGUAGES
from kientruc.validators.conditions import Condition
from kientruc.validators.explained import of_kind, of_requirement
from kientruc.validators.in_words import Speller, check_rows, kinds
from kientruc.views.card import Card, Row

SHELF = tuple(edition(id) for id in edition_ids())
WRITTEN = tuple((one, id) for one in SHELF for id in sorted(one.spans))
OPEN = re.compile(r"\{[a-z_]+\}")
ENGLISH = frozenset(("the", "and", "of", "or", "is", "are", "with", "each", "which", "where", "least", "must", "from"))
# What both languages write alike: what stands in brackets, between quotes or backticks, and capital letters of names.
ALIKE = re.compile(r"\([^()]*\)|“[^”]*”|`[^`]*`|\b[A-Z0-9][\w./-]*")


def words() -> Any:
    return next(one.words for one in SHELF if one.id == "cpdt-1.0")


def lines(rows: Iterable[Row], depth: int = 0) -> Iterator[str]:
    for row in rows:
        yield "  " * depth + ": ".join(filter(None, (row.label, row.words)))
        yield from lines(row.below, depth + 1)


@pytest.mark.parametrize(
    ("condition", "vi", "en"),
    [
        (
            {"prop": "security_level", "ge": 3},
            "cấp độ an toàn thông tin (security_level) từ 3 trở lên",
            "security level (security_level) is 3 or more",
        ),
        ({"prop": "owner", "is": "unset"}, "chưa ghi chủ quản (owner)", "owner (owner) is not written"),
        (
            {"prop": "owner", "ne": "so-tttt"},
            "chủ quản (owner) đã ghi và khác “so-tttt”",
            "owner (owner) is written and is not “so-tttt”",
        ),
        (
            {"prop": "data_models", "has_all": "@mo-hinh-du-lieu"},
            "mô hình dữ liệu (data_models) có đủ: mức khái niệm (conceptual), mức logic (logical),"
            " mức vật lý (physical)",
            "data models (data_models) holds all of: conceptual, logical, physical",
        ),
        (
            {"all": [{"kind": "site"}, {"role": ["lgsp", "ndxp"]}]},
            "thuộc loại trung tâm dữ liệu, phòng máy (site) và có vai trò LGSP (lgsp) hoặc NDXP (ndxp)",
            "the kind is one of: site and the role is LGSP (lgsp) or NDXP (ndxp)",
        ),
        (
            {"related": {"via": "uses", "dir": "in", "kind": "public_service", "min": 2}},
            "được trỏ tới, bằng quan hệ “sử dụng (uses)”, từ ít nhất 2 dịch vụ công (public_service)",
            "it is pointed at, along “uses”, by at least 2 of: public service",
        ),
        (
            {"related": {"via": "hosted_on", "kind": "network", "far": True}},
            "theo các quan hệ “đặt tại (hosted_on)”, qua một hay nhiều bước, có tới mạng (network)",
            "one or more steps along “is hosted on (hosted_on)” lead to one of: network",
        ),
        (
            {"named": {"section": "contents"}},
            "được nói tới trong nội dung cần hoàn thiện",
            "it is named in: content to complete",
        ),
        (
            {"not": {"prop": "owner", "is": "unknown"}},
            "không đúng rằng chủ quản (owner) được khai là chưa biết",
            "it is not so that owner (owner) is declared unknown",
        ),
        ({"state": "baseline"}, "có mặt trong một trạng thái hiện trạng", "it is present in a state that is baseline"),
    ],
)
def test_a_condition_of_one_line(condition: dict[str, Any], vi: str, en: str) -> None:
    made = TypeAdapter(Condition).validate_python(condition, context=words())
    for lang, expected in (("vi", vi), ("en", en)):
        assert Speller(words(), lang).condition(made) == Row("", expected)


def test_what_could_be_misread_in_one_line_is_told_one_below_the_other() -> None:
    condition = {
        "any": [
            {"prop": "owner", "is": "set"},
            {"all": [{"prop": "scope", "eq": "province"}, {"prop": "security_level", "lt": 3}]},
        ]
    }
    made = TypeAdapter(Condition).validate_python(condition, context=words())
    assert list(lines([Speller(words(), "vi").condition(made)])) == [
        "ít nhất một trong những điều sau là đúng:",
        "  đã ghi chủ quản (owner)",
        "  phạm vi phục vụ (scope) là “province” và cấp độ an toàn thông tin (security_level) nhỏ hơn 3",
    ]


@pytest.mark.parametrize(
    ("select", "vi"),
    [
        (
            {"kind": ["application", "platform"], "role": "lgsp", "own": True, "where": {"prop": "owner", "is": "set"}},
            "ứng dụng (application), nền tảng (platform) có vai trò LGSP (lgsp), không kể thứ chỉ tham chiếu từ nơi"
            " khác, mà đã ghi chủ quản (owner)",
        ),
        ({}, "thành phần"),
        ({"section": "legal"}, "văn bản pháp lý"),
    ],
)
def test_a_selection(select: dict[str, Any], vi: str) -> None:
    made = TypeAdapter(kinds()["count"]).validate_python(
        {"id": "a", "kind": "count", "min": 1, "select": select}, context=words()
    )
    assert list(Speller(words(), "vi").settings(made)) == [Row("Xét từng", vi), Row("Ít nhất", "1")]


def cards(lang: str) -> Iterator[Card]:
    for one, id in WRITTEN:
        yield of_requirement(one, id, lang)
    for kind in kinds():
        yield of_kind(kind, SHELF, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_on_a_card_is_left_open(lang: str) -> None:
    for card in cards(lang):
        told = [card.title, *lines(card.rows)]
        assert [line for line in told if OPEN.search(line)] == [], card.id
        assert [row for row in card.rows if not (row.words or row.below)] == [], card.id


def test_no_language_slips_into_the_other() -> None:
    def said(one: Edition, id: str, lang: str) -> frozenset[str]:
        told = " ".join(lines(check_rows(one, one.requirements[id], lang)))
        while (plain := ALIKE.sub(" ", told)) != told:
            told = plain
        return frozenset(re.findall(r"[^\W\d_]+", told.casefold()))

    for one, id in WRITTEN:
        vi, en = (said(one, id, lang) for lang in LANGUAGES)
        assert vi & ENGLISH == frozenset(), id
        assert {word for word in vi & en if len(word) > 3} <= {"blockchain"}, id
        assert not {word for word in en if re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệ]", word)}, id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_of_a_requirement_is_told_with_all_its_settings(lang: str) -> None:
    for one, id in WRITTEN:
        checks = one.requirements[id].checks
        rows = check_rows(one, one.requirements[id], lang)
        assert [row.ref for row in rows] == [check.kind for check in checks]
        for check, row in zip(checks, rows, strict=True):
            written = check.model_fields_set - {"id", "kind"}
            usual = {name for name in written if getattr(check, name) in (False, (), None)}
            assert len(row.below) - 1 >= len(written - usual), (id, check.id)


@pytest.mark.parametrize(("one", "id"), WRITTEN, ids=lambda value: value if isinstance(value, str) else "")
def test_the_examples_on_a_card_load(one: Edition, id: str) -> None:
    card = of_requirement(one, id, "vi")
    assert len(card.blocks) == 3
    for _, example in card.blocks:
        assert load_text(one.example(example)).architecture is not None


def test_a_check_as_it_is_written_is_read_as_that_check() -> None:
    import yaml

    found: Mapping[str, Card] = {kind: of_kind(kind, SHELF, "vi") for kind in kinds()}
    shown = {kind: yaml.safe_load(card.blocks[0][1]) for kind, card in found.items() if card.blocks}
    assert shown
    assert {kind: one["kind"] for kind, one in shown.items()} == dict(zip(shown, shown, strict=True))
