"""Files of the reviewer that are broken or hostile: refused with their place, all at once, and nothing is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc import api
from kientruc.errors import UsageError
from kientruc.review import Review, read

from .conftest import WAIVER, Desk
from .test_answers import answer


def told(review: Review) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.span)) for finding in review.findings]


def broken(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "w.yaml"
    path.write_text(text, encoding="utf-8")
    return told(read(waivers=path))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kientruc-waivers/1", "kientruc-waivers/2", [("R-FORMAT", "w.yaml:1:9")]),
        ("kientruc-waivers/1", "kientruc/1", [("R-FORMAT", "w.yaml:1:9")]),
        ("format: kientruc-waivers/1\n", "", [("R-FORMAT", "w.yaml:1:1")]),
        ("waivers:", "wavers:", [("M-SECTION", "w.yaml:2:1")]),
        ("  mt-01:", "  MT 01:", [("M-ID", "w.yaml:3:3")]),
        ("    requirement: C10-AT-01\n", "", [("M-MISSING", "w.yaml:3:3")]),
        ("expires: 2017-12-31", "expires: 2017-02-29", [("M-DAY", "w.yaml:13:14")]),
        ("expires: 2017-12-31", "expires: 31/12/2017", [("M-DAYFORM", "w.yaml:13:14")]),
        ("expires: 2017-12-31", "expires: 2560-12-31", [("M-DAY", "w.yaml:13:14")]),
        ("expires: 2017-12-31", "expires: 17-12-31", [("M-DAY", "w.yaml:13:14")]),
        ("    expires: 2017-12-31\n", "", [("M-MISSING", "w.yaml:3:3")]),
        ("expires: 2017-12-31", "expires: 2017-12-31\n    from: 2018-01-01", [("R-DAYS", "w.yaml:13:14")]),
        ("state: approved", "state: granted", [("M-VALUE", "w.yaml:7:12")]),
        ("subjects: [a, b]", "subjects: a", [("M-TYPE", "w.yaml:6:15")]),
        ("subjects: [a, b]", "subjects: []", [("M-EMPTY", "w.yaml:6:15")]),
        ("    reason: Đang chuyển sang hệ thống mới.\n", "    reason:\n", [("M-BLANK", "w.yaml:8:12")]),
        ("state: approved", "state: &x approved", [("Y-ALIAS", "w.yaml:7:12")]),
        ("state: approved", "state: !!python/name:os.system x", [("Y-TAG", "w.yaml:7:12")]),
        ("    state: approved", "    <<: {state: approved}", [("Y-MERGE", "w.yaml:7:5")]),
        ("state: approved", "state: approved\n    state: approved", [("Y-DUP", "w.yaml:8:5")]),
        ("state: approved", "state: approved\u202e", [("Y-CHAR", "w.yaml:7:20")]),
        ("    subjects: [a, b]", "    sujects: [a, b]", [("M-KEY", "w.yaml:6:5")]),
        ("    basis: {number: 12/BTTTT-THH, date: 2017-09-01}\n", "", [("R-UNSIGNED", "w.yaml:3:3")]),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert old in WAIVER
    assert broken(tmp_path, WAIVER.replace(old, new, 1)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "Y-EMPTY"),
        ("[" * 100_000, "Y-DEPTH"),
        ("a: " + "x" * 70_000, "Y-LONG"),
        ("format: kientruc-waivers/1\nwaivers: [a, b]\n", "M-TYPE"),
        ("format: kientruc-waivers/1\nwaivers: {a: b}\n", "M-RECORD"),
        ("format: kientruc-waivers/1\n---\nwaivers: {}\n", "Y-DOCS"),
        ("- 1\n", "R-FORMAT"),
        ("format: kientruc-waivers/1\n", "M-MISSING"),
        ("x" * 17_000_000, "Y-SIZE"),
    ],
    ids=lambda value: value[:20],
)
def test_floods_and_odd_shapes_are_refused(tmp_path: Path, text: str, code: str) -> None:
    assert [found for found, _ in broken(tmp_path, text)][:1] == [code]


def test_a_hundred_thousand_wrong_waivers_are_told_by_the_first_thousand(tmp_path: Path) -> None:
    text = "format: kientruc-waivers/1\nwaivers:\n" + "".join(f"  w{number}: {{a: 1}}\n" for number in range(100_000))
    assert 1_000 <= len(broken(tmp_path, text)) <= 1_010


def test_latin_letters_and_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_bytes(WAIVER.encode("utf-16"))
    assert told(read(waivers=path))[0][0] == "Y-ENC"
    other = tmp_path / "x.yaml"
    other.write_text(WAIVER, encoding="utf-8")
    path.unlink()
    path.symlink_to(other)
    assert told(read(waivers=path))[0][0] == "I-LINK"


def test_a_file_that_is_not_there_is_a_wrong_usage(tmp_path: Path) -> None:
    for given in (
        {"waivers": tmp_path / "w.yaml"},
        {"answers": tmp_path / "a.yaml"},
        {"baseline": tmp_path / "f.json"},
    ):
        with pytest.raises(UsageError) as error:
            read(**given)
        assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kientruc-answers/1", "kientruc-answers/9", "R-FORMAT"),
        ("0" * 64, "0" * 63, "R-HASH"),
        ("0" * 64, '"' + "A" * 64 + '"', "R-HASH"),
        ("status: pass", "status: manual", "M-VALUE"),
        ("status: pass", "status: waived", "M-VALUE"),
        ("    by: Trần Thị B\n", "", "M-MISSING"),
        ("    date: 2017-09-20\n", "", "M-MISSING"),
    ],
)
def test_broken_answers_are_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = answer("0" * 64)
    if "0" * 64 in old:
        text = text.replace("0" * 64, '"' + "0" * 64 + '"')
    assert old in text
    path = tmp_path / "a.yaml"
    path.write_text(text.replace(old, new, 1).replace('""', '"'), encoding="utf-8")
    assert [finding.code for finding in read(answers=path).findings] == [code]


def test_two_answers_to_one_question_about_one_version_are_refused_with_both_places(tmp_path: Path) -> None:
    first = answer("a" * 64)
    path = tmp_path / "a.yaml"
    path.write_text(first + first.partition("answers:\n")[2].replace("tl-01", "tl-02"), encoding="utf-8")
    (finding,) = read(answers=path).findings
    assert (finding.code, str(finding.span)) == ("R-TWICE", "a.yaml:12:3")
    assert [str(span) for span in finding.also] == ["a.yaml:3:3"]


def test_files_with_a_finding_can_never_be_used(desk: Desk) -> None:
    path = desk.keep("w.yaml", WAIVER.replace("approved\n", "granted\n"))
    review = api.review(desk.root, path)
    with pytest.raises(ValueError, match="cannot be used"):
        api.check_all(api.load(desk.root), (), None, review)
