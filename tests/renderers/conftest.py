"""What the tests of result formats share: a small architecture with many statuses, hostile names, a flood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kientruc import api
from kientruc.loading import Loaded, load_text
from kientruc.result import CheckResult, Outcome, Status
from kientruc.views.outcomes import Results, results

NAMES = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "a;=1+1",
    'b"=1+1',
    "dòng một\ndòng hai\r\n::error file=x::y",
    "##[error]x ##vso[task.setvariable]y",
    "a | b || c",
    "<script>alert(1)</script> &amp; ]]>",
    "[a](https://example.org) ![b](c) www.example.org",
    "@ai #1 !2 `x` ``y`` *đậm* _nghiêng_ ~~z~~",
    "😀" * 50,
    "Đ" * 1000,
    "_x0041_",
    "{name} {0} %s ${x}",
)
HEAD = """\
format: kientruc/1
architecture: {id: kt, name: "Kiến trúc | <b>tỉnh</b> &P @ai", agency: tinh, edition: cpdt-1.0, cut_off: 2018-09-13}
organisations: {tinh: {name: Tỉnh}}
"""
SMALL = f"""{HEAD}
elements:
  lgsp: {{kind: platform, role: lgsp, name: LGSP, owner: tinh, security_level: 3}}
  ngsp: {{kind: platform, role: ngsp, name: NGSP, reference: {{issuer: Bộ}}}}
  dan-cu: {{kind: data_store, role: national_database, name: Dân cư, reference: {{issuer: Bộ}}}}
  mot-cua: {{kind: application, name: Một cửa, reads: [{{to: dan-cu, over: [lgsp, ngsp]}}]}}
  khac: {{kind: application, name: Khác, owner: {{unknown: chưa rõ, ask: tinh}}, security_level: 2}}
"""


def as_written(name: str) -> str:
    """Spell a name in double quotes as YAML wants it."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


HOSTILE = f"{HEAD}elements:\n" + "".join(
    f"  e{number}: {{kind: application, name: {as_written(name)}}}\n" for number, name in enumerate(NAMES)
)


def checked(text: str) -> tuple[Loaded, api.Report]:
    loaded = load_text(text)
    assert loaded.architecture is not None, [str(finding) for finding in loaded.findings]
    return loaded, api.check(loaded)


def told(loaded: Loaded, *reports: api.Report, lang: str = "vi", base: str = "") -> Results:
    inputs = {file.path: "0" * 64 for file in loaded.files}
    return results(reports, inputs, loaded.more, "0.1.0", lang, base)


def of(text: str, lang: str = "vi", base: str = "") -> Results:
    """Load, check and tell a text; one that does not load has only findings of loading."""
    loaded = load_text(text)
    return told(loaded, api.check(loaded), lang=lang, base=base)


def changed(report: api.Report, id: str, change: Callable[[Outcome], Outcome]) -> api.Report:
    """Change each outcome of one requirement; its counts follow."""
    found = []
    for one in report.result.requirements:
        if one.requirement == id:
            outcomes = tuple(change(outcome) for outcome in one.outcomes)
            counts = {status: sum(outcome.status is status for outcome in outcomes) for status in Status}
            one = replace(one, outcomes=outcomes, counts=counts, status=outcomes[0].status)
        found.append(one)
    result: CheckResult = replace(report.result, requirements=tuple(found))
    return replace(report, result=result)


def crashed(report: api.Report) -> api.Report:
    """Let the check of one requirement have crashed."""

    def crash(outcome: Outcome) -> Outcome:
        return replace(outcome, status=Status.ERROR, reason="crashed", values={"problem": "ValueError"})

    return changed(report, "C10-AT-01", crash)


@pytest.fixture(scope="session")
def small() -> Results:
    return of(SMALL)


@pytest.fixture(scope="session")
def hostile() -> Results:
    return of(HOSTILE)


@pytest.fixture(scope="session")
def two() -> Results:
    """The same architecture against two editions: the second is the first under another name."""
    loaded, report = checked(SMALL)
    assert report.edition is not None
    other = replace(report.edition, about=report.edition.about.model_copy(update={"id": "khac-2.0"}))
    return told(loaded, report, replace(report, edition=other))


@pytest.fixture(scope="session")
def flood() -> Results:
    """Seven thousand failures of which the check kept a thousand a requirement: here all but ten are kept."""
    loaded, report = checked(SMALL)
    one = next(one for one in report.result.requirements if one.requirement == "C10-AT-01")
    fail = next(outcome for outcome in one.outcomes if outcome.status is Status.FAIL)
    many = tuple(replace(fail, subjects=(f"x{number}",)) for number in range(7000))
    counts = {**dict.fromkeys(Status, 0), Status.FAIL: 7010}
    larger = replace(one, outcomes=many, counts=counts)
    found = tuple(larger if other is one else other for other in report.result.requirements)
    return told(loaded, replace(report, result=replace(report.result, requirements=found)))
