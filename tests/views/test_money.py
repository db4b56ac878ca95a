"""Money: exact sums, each amount once, the unknown never in a sum and always beside it; gaps without a task first."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kientruc import api
from kientruc.model.architecture import Architecture
from kientruc.model.planning import Cost, Share, Sourcing, SourcingForm, Task
from kientruc.model.record import Unknown
from kientruc.views.grid import Grid
from kientruc.views.sums import Part, amount_of, by_cost, by_form, by_task, counted, sums, whole

ROOT = Path(__file__).parent.parent.parent
HEAD = """\
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01}
organisations: {tinh: {name: UBND tỉnh}, so: {name: Sở A}}
"""
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**15))


def architecture(text: str) -> Architecture:
    loaded = api.load_text(HEAD + text)
    assert loaded.architecture is not None, loaded.findings
    return loaded.architecture


def grid(text: str, key: str) -> Grid:
    return next(one for one in api.money(api.check_all(api.load_text(HEAD + text)), "en").grids if one.key == key)


def rows(text: str, by: str) -> list[tuple[str, ...]]:
    return [tuple(entry.words for entry in row[1:]) for row in grid(text, "sums").rows if row[0].words == by]


def test_a_mixed_sourcing_is_counted_by_its_shares_once_and_the_rest_under_no_form() -> None:
    text = """
sourcing:
  a: {name: A, form: invest, amount: 70 tỷ, shares: [{form: invest, amount: 50 tỷ}, {form: lease, amount: 12 tỷ}]}
  b: {name: B, form: lease, amount: 8 tỷ}
  c: {name: C, form: lease, amount: {unknown: chưa lập}}
  d: {name: D, form: {unknown: chưa chọn}, amount: 1 đồng}
"""
    assert rows(text, "Form") == [
        ("invest", "50,000,000,000", "1", "0", ""),
        ("lease", "20,000,000,000", "2", "1", "C"),
        ("not said, or not split", "8,000,000,001", "2", "0", ""),
        ("All", "78,000,000,001", "3", "1", "C"),
    ]


def test_a_year_and_a_fund_hold_only_what_is_known_of_them() -> None:
    text = """
tasks:
  a:
    name: A
    total: 5 tỷ
    cost: [{year: 2027, fund: Tỉnh, amount: 2 tỷ}, {year: 2028, fund: Bộ, amount: {unknown: chờ}}]
  b: {name: B, cost: [{year: 2027, fund: Tỉnh, amount: 1}]}
  c: {name: C, cost: {unknown: chưa lập}}
  d: {name: D}
"""
    assert rows(text, "Year") == [
        ("2027", "2,000,000,001", "2", "0", ""),
        ("2028", "Not known yet", "0", "1", "A"),
        ("not said, or not split", "3,000,000,000", "1", "2", "C; D"),
        ("All", "5,000,000,001", "2", "2", "C; D"),
    ]


def test_a_part_of_a_task_that_states_its_money_and_a_stopped_task_are_not_added_again() -> None:
    text = """
tasks:
  lon: {name: Lớn, total: 10 tỷ, lead: so}
  nho: {name: Nhỏ, total: 4 tỷ, lead: so, part_of: [lon]}
  dung: {name: Dừng, total: 3 tỷ, lead: so, progress: stopped}
"""
    assert rows(text, "Lead") == [("Sở A", "10,000,000,000", "1", "0", ""), ("All", "10,000,000,000", "1", "0", "")]
    told = "2 tasks are not counted: they are stopped, or their money is part of a larger task's: Dừng; Nhỏ"
    assert told in grid(text, "sums").remarks


def test_a_total_that_its_lines_do_not_come_to_is_told() -> None:
    text = "tasks: {a: {name: A, total: 3, cost: [{year: 2027, fund: Tỉnh, amount: 4}]}}"
    assert any(
        "do not come to the total stated" in words and words.endswith(": A") for words in grid(text, "sums").remarks
    )


def test_a_gap_without_a_task_stands_first_then_an_open_one() -> None:
    text = """
states: {nay: {name: Nay, role: baseline}, mai: {name: Mai, role: target}}
elements:
  moi: {kind: application, name: Mới, states: [mai]}
contents:
  a: {name: Có việc}
  b: {name: Để ngỏ, open: {why: Chờ Bộ, who: tinh, by: 2027-01-01}}
  c: {name: Bỏ quên}
tasks:
  t: {name: Việc, covers: [a], delivers: [moi], lead: so}
  thoi: {name: Thôi, covers: [c], progress: stopped}
"""
    found = [(row[0].words, row[5].words, row[6].words) for row in grid(text, "gaps").rows]
    assert found == [
        ("Bỏ quên", "no task", ""),
        ("Để ngỏ", "declared open: Chờ Bộ (UBND tỉnh, by 1 January 2027)", ""),
        ("Có việc", "Việc", "Mới"),
    ]
    assert grid(text, "gaps").remarks == ("1 gaps have no task; they stand first.",)


def test_what_failed_stands_beside_the_task() -> None:
    row = next(iter(grid("tasks: {a: {name: Không nguồn lực}}", "roadmap").rows))
    assert row[-1].words.split("\n") == [
        "Q1425-NV-01: Task “Không nguồn lực” does not say what it delivers or covers in the architecture.",
        "Q1425-NV-02: Task “Không nguồn lực” states neither resources nor cost.",
    ]


def test_a_lease_without_an_exit_and_against_its_own_reason_is_told_beside_it() -> None:
    text = """
sourcing:
  a: {name: A, form: lease, reason: security-and-autonomy}
  b: {name: B, form: lease, reason: cost, exit: Trả dữ liệu}
"""
    assert [row[-1].words.split("\n") for row in grid(text, "sourcing").rows] == [
        [
            "Q1425-NV-04: The lease of “A” does not say how it is handed over and ended.",
            "Q1425-NV-05: “A” gives security and autonomy as its reason, but is neither invested nor done in house.",
        ],
        [""],
    ]


def test_the_sums_of_the_sample_are_the_same_however_they_are_grouped() -> None:
    loaded = api.load(ROOT / "examples" / "tinh-mau" / "architecture.yaml")
    assert loaded.architecture is not None
    tasks = counted(loaded.architecture)
    told = sum(task.total for task in tasks if isinstance(task.total, int))
    assert told == 604_000_000_000
    for parts in (by_task(tasks, {}), by_cost(tasks, "year"), by_cost(tasks, "fund")):
        assert whole(parts).amount == told


@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), AMOUNTS)))
def test_groups_add_up_to_the_whole_and_nothing_unknown_is_counted(found: list[tuple[str | None, int | None]]) -> None:
    parts = [Part(str(at), group, amount) for at, (group, amount) in enumerate(found)]
    assert sum(one.amount for one in sums(parts)) == sum(amount or 0 for _, amount in found)
    assert whole(parts).missing == tuple(str(at) for at, (_, amount) in enumerate(found) if amount is None)


@given(AMOUNTS, st.lists(st.tuples(st.sampled_from(SourcingForm), AMOUNTS), max_size=5))
def test_shares_never_make_a_sourcing_larger_than_it_is(
    amount: int | None, told: list[tuple[SourcingForm, int | None]]
) -> None:
    unknown = Unknown(unknown="x")
    shares = tuple(Share(form=form, amount=unknown if part is None else part) for form, part in told)
    one = Sourcing(form=SourcingForm.INVEST, amount=unknown if amount is None else amount, shares=shares)
    known = sum(part or 0 for _, part in told)
    assert whole(by_form([one])).amount == max(known, amount or 0)


@given(AMOUNTS, st.lists(AMOUNTS, max_size=5))
def test_a_task_counts_once_whatever_its_lines(total: int | None, lines: list[int | None]) -> None:
    unknown = Unknown(unknown="x")
    costs = tuple(Cost(year=2027, fund="T", amount=unknown if one is None else one) for one in lines)
    task = Task(name="x", total=unknown if total is None else total, cost=costs)
    known = sum(one or 0 for one in lines)
    assert whole(by_task([task], {})).amount == (known if total is None else total)
    assert whole(by_cost([task], "year")).amount == max(known, total or 0)
    expected = total if total is not None else None if None in lines or not lines else known
    assert amount_of(task) == expected


def test_the_rest_of_what_tasks_cost_has_a_line_of_its_own_and_both_sums_agree() -> None:
    text = """
sourcing:
  a:
    {name: A, form: socialise, amount: 45 tỷ, shares: [{form: socialise, amount: 25 tỷ}, {form: invest, amount: 20 tỷ}]}
tasks:
  t: {name: T, codes: {mau03: NV-01}, total: 60 tỷ, lead: so}
"""
    assert [row[:2] for row in rows(text, "Form")] == [
        ("invest", "20,000,000,000"),
        ("socialise", "25,000,000,000"),
        ("form not said: the rest of what the tasks cost", "15,000,000,000"),
        ("All", "60,000,000,000"),
    ]
    assert grid(text, "roadmap").rows[0][1].words == "NV-01"


def test_socialised_money_of_the_sample_is_one_sum_by_form_and_by_fund() -> None:
    view = api.money(api.check_all(api.load(ROOT / "examples" / "tinh-mau" / "architecture.yaml")), "vi")
    told = {(row[0].words, row[1].words): row[2].words for row in view.grids[-1].rows}
    assert told["Hình thức", "xã hội hóa"] == told["Nguồn kinh phí", "Xã hội hóa"] == "34.000.000.000"
    assert told["Hình thức", "Cộng"] == told["Nguồn kinh phí", "Cộng"] == "604.000.000.000"


def test_a_column_of_findings_that_is_empty_is_left_out() -> None:
    text = "sourcing: {a: {name: A, form: lease, reason: cost, exit: Trả dữ liệu}}"
    assert "Findings" not in [column.words for column in grid(text, "sourcing").columns]
