"""Whatever somebody writes in a form stands in the model as written, and is known again when it comes twice."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kientruc.reading.characters import FORBIDDEN, nfc
from tests.consultation.conftest import ROOT, ROUNDS, Province

SPECIAL = (
    *("=1+1", "+A1", "-", "@x", "'", '"', ": ", " #", "- ", "{a: b}", "&a", "*a", "!x", "%", "|", ">", "\n", "~", "no"),
)
texts = st.lists(
    st.one_of(
        st.sampled_from((*SPECIAL, "Sở", "e\u0302\u0301", "🏛", "012", "12:30", "2017-09-13", "\t", "\u00a0")),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    ),
    min_size=1,
    max_size=6,
).map("".join)


def tidy(words: str) -> str:
    """Give what is kept of a text: composed, without invisible characters and needless blanks."""
    clean = nfc(FORBIDDEN.sub("", words))
    return "\n".join(" ".join(line.split()) for line in clean.split("\n")).strip("\n")


@pytest.mark.thorough
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts)
@example("=cmd|' /c calc'!A1", "- a: [b, {c")
@example("Thứ nhất:\n  - một\n\n# hai", "no")
def test_any_text_comes_through_and_is_known_again(text: str, proposal: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        province = Province(Path(folder))
        province.add("architecture.yaml", ROOT)
        province.add("vong.yaml", ROUNDS)
        form = province.form().put(1, about="lgsp", text=text, proposal=proposal)
        for key in ("text", "proposal"):
            cell = form.sheet.cell(form.heading + 1, form.column(key))
            cell.data_type = "s"  # text that only looks like a formula
        path = form.save()
        words = [tidy(text), tidy(proposal)]
        taken = province.take(path)
        if not any(words):
            assert [finding.code for finding in taken.findings if finding.code != "X-CHAR"] == ["C-TEXT"]
            return
        (found,) = province.comments().values()
        assert [found["text"], found.get("proposal", "")] == (words if words[0] else [words[1], ""])
        again = province.take(path)
        assert (again.already, again.new, again.patch.files) == (1, (), ())
