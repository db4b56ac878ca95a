"""What the tests of reviews share: editions that know waivers and questions, and the reviewer's files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from kientruc import api
from kientruc.api import checking
from kientruc.frameworks import Edition
from kientruc.frameworks.edition import load_edition
from kientruc.frameworks.shelf import EDITIONS
from kientruc.loading import load
from kientruc.result import CheckResult
from kientruc.validators import CHECKS

HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {so: {name: Sở}}
"""
# Two systems without a security level, which C10-AT-01 fails.
TWO = f"""{HEAD}
elements:
  a: {{kind: application, name: Hệ thống A, owner: so}}
  b: {{kind: application, name: Hệ thống B, owner: so}}
"""
WAIVER = """\
format: kientruc-waivers/1
waivers:
  mt-01:
    edition: thu-2.0
    requirement: C10-AT-01
    subjects: [a, b]
    state: approved
    reason: Đang chuyển sang hệ thống mới.
    reason_en: Moving to a new system.
    basis: {number: 12/BTTTT-THH, date: 2017-09-01}
    requested_by: Sở Thông tin và Truyền thông
    approved_by: {name: Nguyễn Văn A, role: Cục Tin học hóa, date: 2017-09-01}
    expires: 2017-12-31
"""
QUESTION = """\
checks:
  - {id: q, kind: manual, question: {vi: Đã ký chưa?, en: Signed?}}
message: {vi: Chưa ký., en: Not signed.}
remedy: {vi: Ký., en: Sign.}
passes: x
fails: x
not_applicable: x
"""


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give cpdt-1.0 and thu-2.0, which starts from it, knows waivers of at most 200 days and asks a question."""
    folder = tmp_path_factory.mktemp("editions")
    shutil.copytree(EDITIONS / "cpdt-1.0", folder / "cpdt-1.0")
    old, new = folder / "cpdt-1.0", folder / "thu-2.0"
    (new / "requirements").mkdir(parents=True)
    shutil.copy(old / "edition.yaml", new)
    _change(
        new / "edition.yaml",
        ("id: cpdt-1.0", "id: thu-2.0"),
        ("starts_from: null", "starts_from: cpdt-1.0\ndrops: [C10-AT-03]"),
        ("waivers: false", "waivers: true\n  max_days: 200"),
        ("phiên bản 1.0", "bản thử 2.0"),
        ("version 1.0", "trial 2.0"),
    )
    level = (old / "requirements/C10-AT-03.yaml").read_text(encoding="utf-8").replace("id: C10-AT-03", "id: T20-AT-03")
    fixed = level.replace("checks:", "waivable: {allowed: false}\nchecks:")
    (new / "requirements/T20-AT-03.yaml").write_text(fixed, encoding="utf-8")
    signed = level.partition("checks:\n")[0].replace("T20-AT-03", "T20-KY-01") + QUESTION
    (new / "requirements/T20-KY-01.yaml").write_text(signed, encoding="utf-8")
    return folder


def _change(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def known(editions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the API know these editions, and no others."""

    def edition(id: str) -> Edition:
        return load_edition(id, CHECKS, editions)

    monkeypatch.setattr(checking, "edition", edition)


class Desk:
    """A submission and the reviewer's files, in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "hồ sơ" / "architecture.yaml"
        self.own = folder / "thẩm định"
        self.root.parent.mkdir()
        self.own.mkdir()

    def submit(self, text: str) -> None:
        """Write the submission."""
        self.root.write_text(dedent(text), encoding="utf-8")

    def keep(self, name: str, text: str) -> Path:
        """Write a file of the reviewer."""
        path = self.own / name
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def reports(
        self,
        *ids: str,
        waivers: str = "",
        answers: str = "",
        baseline: Path | None = None,
        on: date | None = None,
        only: Collection[str] = (),
    ) -> tuple[api.Report, ...]:
        """Check the submission with what the reviewer brings."""
        review = api.review(
            self.root,
            self.keep("waivers.yaml", waivers) if waivers else None,
            self.keep("answers.yaml", answers) if answers else None,
            baseline,
        )
        assert [(finding.code, str(finding.span)) for finding in review.findings] == []
        return api.check_all(load(self.root), ids, on, review, only)

    def result(self, waivers: str = "", on: date | None = None, edition: str = "thu-2.0") -> CheckResult:
        """Check against one edition."""
        (report,) = self.reports(edition, waivers=waivers, on=on)
        return report.result


@pytest.fixture
def desk(tmp_path: Path, known: None) -> Desk:
    made = Desk(tmp_path)
    made.submit(TWO)
    return made


DeskOf = Callable[[str], Desk]
