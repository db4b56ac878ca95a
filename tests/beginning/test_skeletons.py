"""A new architecture of every edition: it loads, passes, teaches what loads too, and says what was answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.api.beginning import begin
from kientruc.editing.patch import Patch
from kientruc.errors import UsageError
from kientruc.frameworks import edition_ids
from kientruc.frameworks.skeleton import SKELETONS, parts
from kientruc.loading import Loaded, load_from
from kientruc.messages import LANGUAGES
from kientruc.model.architecture import Architecture
from kientruc.model.kinds import Layer
from kientruc.model.unknown_values import count_unknowns
from kientruc.reading.characters import FORBIDDEN, nfc
from kientruc.reading.limits import DEFAULT
from kientruc.reading.memory import MemoryWorkspace

ANSWERS = {"agency": "Ủy ban nhân dân tỉnh Mẫu", "cut-off": "2026-11-20"}


@cache
def made(edition: str, lang: str = "vi") -> api.Begun:
    return begin({**ANSWERS, "edition": edition}, lang=lang)


def whole(loaded: Loaded | None) -> Architecture:
    assert loaded is not None and loaded.architecture is not None
    assert [(one.code, str(one.span)) for one in loaded.findings] == []
    return loaded.architecture


def again(files: Mapping[str, str]) -> Loaded:
    held = {path: words.encode() for path, words in files.items()}
    return load_from(MemoryWorkspace(held, DEFAULT), "architecture.yaml")


@pytest.mark.parametrize("edition", edition_ids())
def test_it_loads_without_a_finding_and_passes_the_check(edition: str) -> None:
    begun = made(edition)
    architecture = whole(begun.loaded)
    assert (architecture.head.edition, architecture.cut_off) == (edition, date(2026, 11, 20))
    assert begun.loaded is not None
    assert not api.fails(api.check(begun.loaded), "must")
    assert (
        count_unknowns(architecture) == len(architecture.components) + 1
    )  # who answers for each, and when it is issued
    assert list(architecture.elements) == []
    assert api.fmt(begun.loaded) == (Patch(()), ())  # written as the tool itself tidies


@pytest.mark.parametrize("edition", edition_ids())
def test_both_languages_say_the_same_and_only_comments_differ(edition: str) -> None:
    vi, en = (whole(made(edition, lang).loaded) for lang in LANGUAGES)
    assert api.model_sha256(vi) == api.model_sha256(en)
    assert list(made(edition, "vi").files) == list(made(edition, "en").files)


def uncommented(words: str) -> str:
    """Take a sign and a space off each line of an example, as the first lesson tells."""
    return re.sub(r"^  # ( *[a-z0-9_-]+:( .*)?)$", r"  \1", words, flags=re.MULTILINE)


@pytest.mark.parametrize(("edition", "lang"), [*((id, "vi") for id in edition_ids()), ("qgs-1425", "en")])
def test_every_example_in_a_comment_loads_when_its_sign_is_taken_off(edition: str, lang: str) -> None:
    begun = made(edition, lang)
    files = {path: data.decode() for path, data in begun.files.items()}
    told = {path: uncommented(words) if path.startswith("architecture/") else words for path, words in files.items()}
    loaded = again(told)
    architecture = whole(loaded)
    assert not api.fails(api.check(loaded), "must")
    assert len(architecture.elements) == len(architecture.components)
    assert {one.component for one in architecture.elements.values()} == set(architecture.components)
    assert [len(architecture.records[name]) for name in ("organisations", "sources", "legal", "contents", "tasks")] == [
        *(2, 1, 2, 1, 1)
    ]
    systems = [one for one in architecture.elements.values() if one.kind.layer in (Layer.APPLICATION, Layer.TECHNOLOGY)]
    assert count_unknowns(architecture) == len(architecture.components) + 3 + len(systems)


def test_the_components_are_the_editions_own() -> None:
    ten = parts(api.edition("cpdt-1.0"))
    assert len(ten) == 10
    assert [one.id for one in parts(api.edition("qgs-1425"))] == ["l4", "l3", "l2", "l1", "x1", "x2", "x3", "x4"]
    assert {one.places[0] for one in parts(api.edition("cpdt-2.0"))} == set(api.edition("cpdt-2.0").words.places)
    assert [one.id for one in ten if one.side] == ["chi-dao"]


@pytest.mark.parametrize("path", sorted(SKELETONS.glob("*.yaml")), ids=lambda path: str(path.stem))
def test_no_skeleton_repeats_the_name_of_a_place_and_each_tells_its_source(path: object) -> None:
    edition = api.edition(getattr(path, "stem", ""))
    words = getattr(path, "read_text")(encoding="utf-8")  # noqa: B009
    source = re.search(r"^source: (\S+)$", words, re.MULTILINE)
    assert source and source[1] in edition.sources
    names = {place.name.vi for place in edition.words.places.values()}
    assert names & set(re.findall(r"vi: ([^,}]+)", words)) == set()


LETTERS = st.characters(codec="utf-8")
NAMES = st.one_of(
    st.text(LETTERS, min_size=1, max_size=60),
    st.text("ab:#\"'{}[]&*!|>%@`,- \n\t\\đỀאب", min_size=1, max_size=40),
    st.text("chữ dài ", min_size=450, max_size=500),
)


@settings(max_examples=30)
@given(name=NAMES, agency=NAMES)
@example(name="a" * 500, agency="Sở: “A” # 1")
@example(name="dòng một\n  dòng hai", agency="- không")
@example(name="שלום عربي", agency="2026")
@example(name="null", agency="qd-2323-2019")
@example(name="kien-truc", agency="kien-truc")
@example(name="{{ 7*7 }}", agency="{% raw %}")
def test_whatever_the_names_are_they_are_read_back_as_they_were_given(name: str, agency: str) -> None:
    try:
        answers = {asked: api.read_answer(asked, words) for asked, words in (("name", name), ("agency", agency))}
    except UsageError:
        assert any(FORBIDDEN.search(nfc(words.strip())) or not words.strip() for words in (name, agency))
        return
    loaded = begin({**answers, "edition": "cpdt-2.0", "cut-off": "2021-01-31"}).loaded
    assert loaded is not None and loaded.architecture is not None
    head = loaded.architecture.head
    assert (head.name, loaded.architecture.organisations[head.agency].name) == (answers["name"], answers["agency"])
    assert nfc(name.strip()) == answers["name"]


@pytest.mark.parametrize(
    ("asked", "words", "key"),
    [
        ("edition", "qgs-1245", "cli.unknown-edition"),
        ("id", "Khung Kiến Trúc", "init.bad-id"),
        ("id", "-a", "init.bad-id"),
        ("id", "a" * 61, "init.bad-id"),
        ("name", "", "init.bad-name"),
        ("name", "a" * 1001, "init.bad-name"),
        ("agency", "Tỉnh\u202eA", "init.bad-character"),
        ("agency", "Tỉnh\x1b[31m", "init.bad-character"),
        ("cut-off", "30/6/2026", "cli.day-form"),
        ("cut-off", "2026-02-30", "cli.bad-day"),
        ("cut-off", "0001-01-01", "cli.bad-day"),
    ],
)
def test_a_wrong_answer_is_refused_with_what_is_allowed(asked: str, words: str, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        api.read_answer(asked, words)
    assert refused.value.key == key


def test_the_same_answers_give_the_same_bytes() -> None:
    begun = made("qgs-1425")
    assert begin({**ANSWERS, "edition": "qgs-1425"}).files == begun.files
    assert all(b"\r" not in data for data in begun.files.values())


def test_no_clock_is_asked_unless_somebody_says_today() -> None:
    with pytest.raises(UsageError) as refused:
        begin({})
    assert refused.value.key == "init.need-cut-off"
    assert api.read_answer("cut-off", "today") == date.today().isoformat()
