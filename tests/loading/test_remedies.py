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
