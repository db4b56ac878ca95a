"""Scalars, spans and budgets of one YAML file; the lines and columns of a source."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kientruc.finding import Finding, Severity
from kientruc.reading.findings import Findings
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.paths import check_path
from kientruc.reading.scalars import NoPlainNumber, TooLarge, plain
from kientruc.reading.tree import Mapping, Sequence, Written
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span


def tree(text: str, limits: Limits = DEFAULT) -> Mapping:
    top, findings = parse(SourceFile("a.yaml", text), limits)
    assert not list(findings)
    assert isinstance(top, Mapping)
    return top


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-7", -7),
        ("+84", 84),
        ("9007199254740991", 9007199254740991),
        ("1.10", Decimal("1.10")),
        ("-0.5", Decimal("-0.5")),
        ("012", "012"),
        ("1_000", "1_000"),
        ("22:30", "22:30"),
        ("2017-09-13", "2017-09-13"),
        ("1.", "1."),
        (".5", ".5"),
        ("0x1F", "0x1F"),
        ("tRUE", "tRUE"),
        ("nay", "nay"),
    ],
)
def test_what_a_plain_scalar_means(text: str, value: object) -> None:
    assert plain(text) == value
    assert type(plain(text)) is type(value)


def test_numbers_that_do_not_stay_what_they_are_are_refused() -> None:
    with pytest.raises(TooLarge):
        plain("9" * 5_000)
    with pytest.raises(NoPlainNumber):
        plain("1e5")


def test_a_tree_knows_where_everything_is_written() -> None:
    top = tree('a: Một\nb:\n  - {c: "hai", d: [3, 4]}\n  - |\n    năm\n')
    assert top.span("a").text == "Một"
    assert top.key_span("b").text == "b"
    assert top.span("b", 0, "c").text == '"hai"'
    assert (top.span("b", 0, "d", 1).line, top.span("b", 0, "d", 1).column) == (3, 23)
    inner = top["b"]
    assert isinstance(inner, Sequence) and isinstance(inner[0], Mapping)
    assert inner[0].span().text == '{c: "hai", d: [3, 4]}'
    assert inner[1] == "năm\n"


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    top = tree("a: {b: 1}\n")
    assert str(top.span("z")) == "a.yaml:1:1"
    assert str(top.span("a", "z")) == "a.yaml:1:4"
    assert str(top.key_span("z")) == "a.yaml:1:1"


def test_a_record_finds_its_values_through_long_forms_and_lists() -> None:
    long = "  owner: {value: x, source: s}\n  maps: {value: {e: [p]}, certainty: assumed}\n"
    top = tree(f"r:\n{long}  states: [nay, mai]\n")
    node = top["r"]
    assert isinstance(node, Mapping)
    record = Written(top.file, top.spans[0], node)
    assert record.span("owner").text == "x"
    assert record.span("owner", "source").text == "s"
    assert record.span("states", "mai").text == "mai"
    assert record.span("maps", "e", 0).text == "p"
    assert record.span("nothing").text == record.span().text == "r"
    assert record.has("owner", "source") and record.has("maps", "e", 0) and record.has("states", "nay")
    assert not record.has("owner", "as_of") and not record.has("source")


def test_keys_in_another_form_are_the_same_keys() -> None:
    assert list(tree("\"kind\": a\n'name': b\n? c\n: d\n")) == ["kind", "name", "c"]


def test_positions_count_characters_from_1_in_any_line_end() -> None:
    file = SourceFile("a.yaml", "một\r\nhai\n\nbốn")
    assert [(file.line_of(index), file.column_of(index)) for index in (0, 5, 9, 10, 99)] == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
        (4, 4),
    ]
    assert [file.line_text(line) for line in range(6)] == ["", "một", "hai", "", "bốn", ""]
    assert Span(file, 5, 8).end_line == 2


def test_findings_past_the_budget_are_counted_by_weight() -> None:
    findings = Findings(2)
    for number in range(5):
        findings.add(Finding("T-CONFUSABLE", None, {"n": str(number)}, severity=Severity.MINOR))
    assert (len(findings), findings.total, findings.blocked, findings.full) == (2, 5, False, False)
    findings.extend(Finding("M-KEY", None) for _ in range(3))
    assert (len(findings), findings.total, findings.blocked, findings.full) == (4, 8, True, True)
    findings.add(Finding("Y-SIZE", None, refused=True))
    assert findings.refused and len(findings) == 5
    both = Findings(2)
    both.merge(findings)
    assert (len(both), both.total) == (5, 9)


@pytest.mark.parametrize("depth", [31, 32])
def test_32_levels_are_read(depth: int) -> None:
    text = "a: " + "[" * (depth - 1) + "]" * (depth - 1)
    assert tree(text)


def test_a_path_is_split_into_composed_parts() -> None:
    assert check_path("kie\u0302\u0301n/a.yaml", None) == ("ki\u1ebfn", "a.yaml")
    assert check_path("x/*.yaml", None, pattern=True) == ("x", "*.yaml")
