"""Assessment, direction, task: which chains are broken, and what mends each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.loading import load_text
from kientruc.progress.chains import broken_chains

HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Khung, agency: tinh, edition: qgs-1425, cut_off: 2026-09-30}
organisations: {tinh: {name: Tỉnh}}
"""


def broken(text: str) -> list[tuple[str, str]]:
    loaded = load_text(HEAD + text)
    assert loaded.architecture is not None, loaded.findings
    return [(one.why.value, one.record.id) for one in broken_chains(loaded.architecture)]


WHOLE = """\
assessments:
  yeu: {type: weakness, name: Dữ liệu rời rạc, leads_to: [huong]}
goals:
  huong: {type: direction, name: Dùng chung dữ liệu}
tasks:
  viec: {name: Dựng kho, covers: [yeu]}
"""


def test_a_whole_chain_is_no_row() -> None:
    assert broken(WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "rows"),
    [
        (", leads_to: [huong]", "", [("no-direction", "yeu"), ("no-task", "huong")]),
        (", covers: [yeu]", "", [("no-task", "huong"), ("no-reason", "viec")]),
        (", covers: [yeu]", ", realises: [huong]", []),
        ("type: direction", "type: objective", []),
        ("dữ liệu}\ntasks", "dữ liệu}\n  khac: {type: direction, name: Khác}\ntasks", [("no-task", "khac")]),
        (
            "Dùng chung dữ liệu}",
            "Dùng chung dữ liệu, part_of: [lon]}\n  lon: {type: direction, name: Chuyển đổi số}",
            [],
        ),
        ("tasks:", "tasks:\n  con: {name: Mua máy, part_of: [viec]}", []),
        ("name: Dữ liệu rời rạc,", "name: Dữ liệu rời rạc, as_of: 2026-10-01,", []),
        (", leads_to: [huong]", ", as_of: 2026-10-01", [("no-task", "huong")]),  # seen after the cut-off: leads nowhere
    ],
)  # fmt: skip
def test_what_breaks_a_chain_and_what_mends_it(old: str, new: str, rows: list[tuple[str, str]]) -> None:
    assert old in WHOLE
    assert broken(WHOLE.replace(old, new, 1)) == rows


def test_an_element_that_realises_a_goal_joins_the_task_to_it() -> None:
    text = """\
goals: {huong: {type: direction, name: Dùng chung dữ liệu}}
elements: {kho: {kind: data_store, name: Kho, realises: [huong]}}
tasks: {viec: {name: Dựng kho, delivers: [kho]}}
"""
    assert broken(text) == []
    assert broken(text.replace(", realises: [huong]", "")) == [("no-task", "huong"), ("no-reason", "viec")]


def test_a_gap_between_the_states_is_a_reason() -> None:
    text = """\
states: {nay: {name: Nay, role: baseline}, dich: {name: Đích, role: target}}
elements: {kho: {kind: data_store, name: Kho, states: {nay: absent, dich: present}}}
tasks: {viec: {name: Dựng kho, delivers: [kho]}}
"""
    assert broken(text) == []
    assert broken(text.replace("nay: absent", "nay: present")) == [("no-reason", "viec")]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("quantity: {value: 95, unit: máy}, as_of: 2026-06-30", []),
        ("quantity: {value: 95}, as_of: 2026-06-30", ["no-unit"]),
        ("quantity: {value: 95, unit: máy}", ["no-date"]),
        ("quantity: 95", ["no-unit", "no-date"]),
        ("quantity: {unknown: chưa khảo sát}", ["no-number"]),
        ("note: Chưa đo", ["no-number"]),
    ],
)
def test_a_figure_has_a_number_a_unit_and_a_date(said: str, rows: list[str]) -> None:
    text = f"goals: {{g: {{name: Đích}}}}\nassessments: {{sl: {{type: figure, name: Máy, leads_to: [g], {said}}}}}\n"
    assert [why for why, id in broken(text) if id == "sl"] == rows


@given(st.permutations(range(6)))
def test_the_order_of_the_file_changes_nothing(order: list[int]) -> None:
    lines = [f"  a{n}: {{type: weakness, name: Yếu {n}}}" for n in range(6)]
    text = "assessments:\n" + "\n".join(lines[n] for n in order) + "\n"
    assert broken(text) == [("no-direction", f"a{n}") for n in range(6)]
