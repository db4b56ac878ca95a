"""What the tests of the way to approval share: a small path with two hearings and two rounds, changed in places."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from kientruc.loading import load_text
from kientruc.model.architecture import Architecture

PATH = """\
format: kientruc/1
architecture: {id: kt, name: Khung mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-30, authors: [so]}
organisations:
  tinh: {name: Tỉnh}
  so: {name: Sở, name_en: Department}
  y-te: {name: Sở Y tế}
  thue: {name: Thuế}
path:
  soan: {name: Soạn thảo, order: 1, actor: so, state: done, since: 2026-07-01, stage: xay-dung}
  lay-y-kien: {name: Lấy ý kiến, order: 2, actor: so, state: running, since: 2026-08-03, round: dot-1, by: 2026-09-15}
  ky: {name: Ký, order: 3, actor: tinh, state: pending, stage: ban-hanh, papers: [{name: Tờ trình, state: missing}]}
hearings:
  hop: {name: Họp, order: 1, date: 2026-07-15, conclusions: {k1: {text: Khảo sát, who: so, by: 2026-08-01}}}
rounds:
  dot-1: {name: Đợt một, opened: 2026-08-03, working_days: 10, bodies: [y-te, thue]}
comments:
  y1: {round: dot-1, from: y-te, date: 2026-08-10, text: Thêm kho dữ liệu, responsible: so, by: 2026-09-01}
conditions:
  d1: {round: dot-1, from: y-te, text: Có dự phòng, by: 2026-10-10}
"""
Make = Callable[..., Architecture]


@pytest.fixture
def make() -> Make:
    """Give a function that loads PATH with texts in it changed, and with text added; it must load."""

    def loaded(*changes: tuple[str, str], more: str = "") -> Architecture:
        text = PATH
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        found = load_text(text + dedent(more))
        assert found.architecture is not None, found.findings
        return found.architecture

    return loaded
