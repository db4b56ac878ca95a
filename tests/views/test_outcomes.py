"""How outcomes are told: questions and answers in both languages, and a secret that is found but never shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kientruc.renderers import terminal
from kientruc.result import Answer, CheckResult, Status, Verdict
from kientruc.validators import CHECKS
from kientruc.validators.matter import Matter
from kientruc.validators.requirement import evaluate
from kientruc.views.conformance import Conformance, conformance, remarks

from ..validators.conftest import architecture_of
from ..validators.kinds import ID, words_of

SECRET = "mat khau: hunter2"
TEXT = f"elements:\n  a: {{kind: application, name: Một cửa, note: '{SECRET}'}}\n"
SAYS = {"vi": "mật khẩu", "en": "a password"}
NO_TEXT = {"kind": "no_text", "patterns": [{"id": "mk", "pattern": "mat khau: ", "says": SAYS}]}
MANUAL = {
    "kind": "manual",
    "question": {"vi": "Đã ký chưa?", "en": "Is it signed?"},
    "guidance": {"vi": "Xem bản gốc.", "en": "See the original."},
}


def shown(check: dict[str, Any], lang: str, *answer: Answer) -> tuple[Conformance, str]:
    """Give the result as a view, and its failures as a terminal shows them."""
    cpdt = words_of("cpdt-1.0")
    made = CHECKS.validate_python(({"id": "a", **check},), context=cpdt.words)
    words = {"vi": "“{name}” có {found}.", "en": "“{name}” holds {found}."} if check is NO_TEXT else None
    changes = {"checks": made} | ({"message": type(cpdt.requirements[ID].message)(**words)} if words else {})
    edition = replace(cpdt, requirements={ID: cpdt.requirements[ID].model_copy(update=changes)})
    architecture = architecture_of(cpdt.example(TEXT))
    matter = Matter(architecture, edition, architecture.cut_off, dict.fromkeys([(ID, "a")], *answer) if answer else {})
    result = CheckResult(edition.id, matter.on, Verdict.NOT_MET, (evaluate(edition.requirements[ID], matter),))
    told = "\n".join(terminal.lines(remarks(architecture, edition, result, lang), lang))
    return conformance(architecture, edition, result, lang), told


@pytest.mark.parametrize(("lang", "words"), [("vi", "“Một cửa” có mật khẩu."), ("en", "“Một cửa” holds a password.")])
def test_a_secret_is_pointed_at_and_not_repeated(lang: str, words: str) -> None:
    view, told = shown(NO_TEXT, lang)
    assert [one.words for one in view.lines[0].failed] == [words]
    assert "architecture.yaml:12:" in told
    assert words in told
    assert "hunter2" not in told + repr(view)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", "Cần người thẩm định trả lời: Đã ký chưa? Xem bản gốc."),
        ("en", "To be answered by a person: Is it signed? See the original."),
    ],
)
def test_a_question_is_told_with_what_to_look_at(lang: str, words: str) -> None:
    assert [one.words for one in shown(MANUAL, lang)[0].lines[0].pending] == [words]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", "Trả lời của Bà Ba, ngày 20/9/2017: Đã xem"), ("en", "Answered by Bà Ba on 2017-09-20: Đã xem")],
)
def test_an_answer_is_told_with_who_gave_it(lang: str, words: str) -> None:
    answer = Answer(Status.PASS, "Bà Ba", date(2017, 9, 20), "Đã xem")
    assert [one.words for one in shown(MANUAL, lang, answer)[0].lines[0].passed] == [words]
    none = shown(MANUAL, lang, replace(answer, status=Status.NOT_APPLICABLE))[0].lines[0]
    assert (none.ahead, none.passed, none.counts) == ((), (), {"not-applicable": 1})
