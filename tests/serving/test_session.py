"""A session tells what each save changed, and keeps the last architecture that could be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc import api
from kientruc.api import Report
from kientruc.errors import UsageError
from kientruc.result import Status
from kientruc.serving.session import Asked, Load, Session
from tests.properties.test_kept import FILES
from tests.serving.conftest import codes

A = "phan/a.yaml"
ANSWERS = "format: kientruc-answers/1\nanswers: {}\n"


def save(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def failed(report: Report | None) -> list[tuple[str, str]]:
    assert report is not None
    found = (outcome for one in report.result.requirements for outcome in one.outcomes if outcome.status is Status.FAIL)
    return [(outcome.requirement, outcome.subjects[0]) for outcome in found]


def loaded(session: Session) -> Load:
    load = session.load()
    assert load is not None
    return load


def test_it_tells_what_changed_what_is_wrong_and_what_no_longer_is(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    assert (loaded(session).changed, session.load()) == ((), None)
    save(folder, A, "lgsp, protocol", "lgps, protocol")
    broken = loaded(session)
    assert (broken.changed, codes(broken), broken.mended) == ((A,), ["M-REF"], ())
    save(folder, A, "lgps, protocol", "lgsp, protocl")
    other = loaded(session)
    assert (codes(other), [one.code for one in other.mended]) == (["M-KEY"], ["M-REF"])


def test_nothing_is_said_to_be_gone_while_a_file_cannot_be_read(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    save(folder, A, "lgsp, protocol", "lgps, protocol")
    assert codes(loaded(session)) == ["M-REF"]
    save(folder, A, "elements:", "\telements:")
    unread = loaded(session)
    assert (codes(unread), unread.mended) == (["Y-TAB"], ())
    save(folder, A, "lgps, protocol", "lgsp, protocol")
    assert loaded(session).mended == ()
    save(folder, A, "\telements:", "elements:")
    assert [one.code for one in loaded(session).mended] == ["M-REF", "Y-TAB"]


def test_a_finding_that_could_not_be_looked_for_is_not_gone_when_it_is_back(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    save(folder, A, "lgsp, protocol", "lgps, protocol")
    assert codes(loaded(session)) == ["M-REF"]
    save(folder, A, "elements:", "\telements:")
    assert codes(loaded(session)) == ["Y-TAB"]
    save(folder, A, "\telements:", "elements:")
    back = loaded(session)
    assert (codes(back), [one.code for one in back.mended]) == (["M-REF"], ["Y-TAB"])


def test_lines_that_move_make_no_finding_new_or_gone(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    save(folder, A, "lgsp, protocol", "lgps, protocol")
    assert codes(loaded(session)) == ["M-REF"]
    save(folder, A, "elements:", "# ghi chú\n\nelements:")
    moved = loaded(session)
    assert (codes(moved), moved.mended) == (["M-REF"], ())


def test_the_last_that_could_be_read_stays_with_its_results(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    first = loaded(session)
    checked = session.check(first)
    save(folder, A, "elements:", "elements: [")
    broken = loaded(session)
    assert broken.loaded.architecture is None and session.check(broken) == ()
    assert session.good is first.loaded and session.reports == (checked[0].report,)


def test_of_the_check_it_tells_what_is_new_and_what_is_gone(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    (first,) = session.check(loaded(session))
    assert (first.new, first.gone) == (None, None)
    assert ("C10-AT-01", "van-ban") in failed(first.report)
    save(folder, "phan/b.yaml", "owner: so-tttt", "owner: so-tttt\n    security_level: 1")
    save(folder, A, "security_level: {unknown: đang lập hồ sơ}", "note: bỏ")
    (second,) = session.check(loaded(session))
    assert failed(second.new) == [("C10-AT-01", "mot-cua"), ("C10-AT-04", "van-ban")]
    assert failed(second.gone) == [("C10-AT-01", "van-ban")]
    assert len(failed(second.report)) == len(failed(first.report)) + 1


def test_what_a_session_checks_is_what_a_check_finds(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    for old, new in (("Một cửa", "Cửa"), ("lgsp, protocol", "lgps, protocol"), ("lgps, protocol", "lgsp, format")):
        session.load()
        save(folder, A, old, new)
        load = loaded(session)
        session.check(load)
        cold = api.load(folder / "architecture.yaml")
        again = session.reports if load.loaded.architecture else api.check(load.loaded)
        assert api.findings_json(load.loaded, again) == api.findings_json(cold, api.check(cold))


def test_the_files_of_the_reviewer_are_watched_too(folder: Path) -> None:
    answers = folder.parent / "answers.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    session = Session(Asked(folder / "architecture.yaml", answers=answers))
    assert answers in session.watched().files
    assert loaded(session).review.findings == ()
    answers.write_text("format: khac/1\n", encoding="utf-8")
    refused = loaded(session)
    assert [one.code for one in refused.review.findings] == ["R-FORMAT"]
    assert session.check(refused) == ()
    answers.unlink()
    with pytest.raises(UsageError):
        session.load()
    answers.write_text(ANSWERS, encoding="utf-8")
    assert loaded(session).review.findings == ()


def test_every_file_and_folder_that_was_asked_for_is_watched(folder: Path) -> None:
    session = Session(Asked(folder / "architecture.yaml"))
    session.load()
    watched = session.watched()
    assert watched.files == {folder / path for path in FILES}
    assert watched.listed == {folder / "phan"} and not watched.unread
    assert watched.folders() == tuple(sorted((folder.parent, folder, folder / "phan")))
