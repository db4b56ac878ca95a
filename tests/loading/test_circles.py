"""A whole that is part of itself is told once, with every line of the circle."""

from __future__ import annotations

from kientruc.loading import load_text

TEXT = """\
format: kientruc/1
architecture: {id: a, name: A, agency: so, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {so: {name: Sở}}
elements:
  c: {kind: application, name: C, part_of: a}
  a: {kind: application, name: A, part_of: b}
  b: {kind: application, name: B, part_of: c}
  d: {kind: application, name: D, part_of: a}
"""


def test_a_circle_is_told_once_with_all_its_lines() -> None:
    (finding,) = load_text(TEXT).findings
    assert (finding.code, finding.values["chain"]) == ("M-CIRCLE", "a → b → c → a")
    assert finding.span is not None
    assert sorted((finding.span.line, *(span.line for span in finding.also))) == [5, 6, 7]


def test_two_ways_to_one_whole_are_no_circle() -> None:
    text = TEXT.replace("C, part_of: a", "C").replace("D, part_of: a", "D, part_of: [a, b]")
    assert load_text(text).findings == ()
