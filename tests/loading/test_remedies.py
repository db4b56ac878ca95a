"""What a mistake is told to be mended with fits the mistake."""

from __future__ import annotations

import pytest

from kientruc.loading import load_text
from kientruc.views.remarks import remark
from tests.conftest import HEAD

REMEDIES = {
    "security_level: cao": "Viết một số trong khoảng 1–5, không đặt trong dấu nháy.",
    "security_level: [1, 2]": "Sửa giá trị cho đúng loại.",
    "description: 5": 'Đặt giá trị trong dấu nháy "…" nếu đó là chữ: số hiệu văn bản và số phiên bản cũng là chữ.',
    "description: [a, b]": "Chỉ ghi được một giá trị ở đây",
    "states: 5": "Viết `[mã, mã]` nếu có mặt ở các trạng thái đó",
    "reads: k": "Với user_group, không dùng `reads` được. Nối hai bên này có thể dùng: depends_on.",
    "owner: “so”": "Bỏ dấu nháy: `so`",
}


@pytest.mark.parametrize("line", REMEDIES)
def test_the_remedy_fits_the_mistake(line: str) -> None:
    kho = "  k: {kind: data_store, name: Kho}\n"
    text = f"{HEAD.replace('include: [a.yaml]', '')}\nelements:\n{kho}  a: {{kind: user_group, name: A, {line}}}\n"
    findings = load_text(text).findings
    assert len(findings) == 1
    assert remark(findings[0], "vi").remedy.startswith(REMEDIES[line])


PLAIN = {  # a field of a section written as plain text, and the line that mends it
    "tasks: cost: 3.470 tỷ đồng": "total: 3.470 tỷ đồng",
    'tasks: cost: {amount: "4,5 tỷ"}': 'cost: [{year: 2018, fund: ngân sách tỉnh, amount: "4,5 tỷ"}]',
    "tasks: cost: 1200000": "total: 1200000",
    "tasks: period: 2018-2020": "period: {from: 2018, until: 2020}",
    "tasks: period: từ năm 2018 đến năm 2020": "period: {from: 2018, until: 2020}",
    "tasks: resources: 5 người": "resources: [5 người]",
    "goals: quantity: 8 trạm": "quantity: {value: 8, unit: trạm}",
    "goals: quantity: hơn 8.000 tài khoản": "quantity: {over: 8000, unit: tài khoản}",
    "goals: quantity: khoảng 95,5 %": 'quantity: {about: 95.5, unit: "%"}',
    "hearings: chair: Đặng Minh Thông": "chair: {name: Đặng Minh Thông}",
    "hearings: chair: Đặng Minh Thông, Phó Chủ tịch UBND tỉnh": (
        "chair: {name: Đặng Minh Thông, title: Phó Chủ tịch UBND tỉnh}"
    ),
}


@pytest.mark.parametrize("line", PLAIN)
def test_the_shape_a_remedy_shows_holds_the_writers_own_value_and_can_be_pasted(line: str) -> None:
    section, _, field = line.partition(": ")
    head = HEAD.replace("include: [a.yaml]", "") + f"{section}:\n  a:\n    name: A\n"
    needed = "    order: 1\n    date: 2017-09-13\n" if section == "hearings" else ""
    (finding,) = load_text(f"{head}{needed}    {field}\n").findings
    assert f"`{PLAIN[line]}`" in remark(finding, "vi").remedy
    assert load_text(f"{head}{needed}    {PLAIN[line]}\n").findings == ()
