"""The report as one page, and the sentences on top of it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from kientruc import api
from kientruc.frameworks.holidays import calendar
from kientruc.progress.where import where
from kientruc.renderers.html_report import _inline
from kientruc.views.register import unknowns
from kientruc.views.status import standing
from kientruc.views.summary import summary

SVG = '<svg id="a" aria-labelledby="a-title"><title id="a-title">A</title><rect data-id="a" fill="url(#h)"/></svg>'


def test_each_id_stands_once_though_two_drawings_have_it() -> None:
    page = "".join(_inline(SVG, number) for number in range(3))
    ids = Counter(re.findall(r'(?<![-\w])id="([^"]+)"', page))
    assert set(ids.values()) == {1} and len(ids) == 6
    assert page.count('data-id="a"') == 3
    assert re.findall(r"aria-labelledby=\"([^\"]+)\"", page) == ["a-title", "p1-a-title", "p2-a-title"]
    assert re.findall(r"url\(#([^)]+)\)", page) == ["h", "p1-h", "p2-h"]


def owed(bodies: int) -> str:
    """Tell who owes answers where the first body owes as many as there are, the next one fewer, and so on."""
    names = "".join(f"  b{n}: {{name: Sở {n}}}\n" for n in range(bodies))
    unknown = "".join(
        f"  e{n}-{k}: {{kind: application, name: A, owner: {{unknown: x, ask: b{n}}}}}\n"
        for n in range(bodies)
        for k in range(bodies - n)
    )
    loaded = api.load_text(
        "format: kientruc/1\n"
        "architecture: {id: m, name: M, agency: b0, edition: cpdt-1.0, cut_off: 2017-09-13}\n"
        f"organisations:\n{names}elements:\n{unknown}"
    )
    assert loaded.architecture
    asked = unknowns(loaded.architecture, "vi", date(2017, 9, 13))
    status = standing(loaded.architecture, where(loaded.architecture, date(2017, 9, 13), calendar()), "vi")
    return next(one for one in summary(loaded.architecture, (), asked, status, "vi") if "phải trả lời" in one)


def test_who_owes_answers_is_counted_by_body_and_one_more_is_named() -> None:
    assert owed(4).endswith("phải trả lời: Sở 0 (4); Sở 1 (3); Sở 2 (2); Sở 3 (1).")
    assert owed(5).endswith("phải trả lời: Sở 0 (5); Sở 1 (4); Sở 2 (3) và 2 cơ quan khác (3).")
