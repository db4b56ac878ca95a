"""The law on a day: what holds, what stands in the place of what holds no longer, however the chain is written."""

from __future__ import annotations

from datetime import date

import pytest

from kientruc.frameworks import LawRegister
from kientruc.model.legal import LegalDocument
from kientruc.validators import edition

LAW = edition("cpdt-1.0").law


@pytest.mark.parametrize(
    ("id", "on", "holds"),
    [
        ("qcvn-109-2017", date(2017, 9, 13), False),
        ("qcvn-109-2017", date(2017, 10, 1), True),
        ("tt-13-2017", date(2017, 8, 9), False),
        ("nd-47-2020", date(2025, 10, 21), True),  # its last day is told only by what replaces it
        ("nd-47-2020", date(2025, 10, 22), False),
        ("qd-2568-2023", date(2025, 3, 24), True),
        ("qd-2568-2023", date(2025, 3, 25), False),
        ("qd-1729-2024", date(2025, 3, 25), False),
        ("qd-292-2025", date(2026, 8, 1), True),  # no repeal was seen
        ("qd-3090-2025", date(2026, 7, 28), True),
        ("qd-3090-2025", date(2026, 7, 29), False),
        ("nd-43-2011", date(2017, 9, 13), None),
    ],
)
def test_whether_a_document_holds_on_a_day(id: str, on: date, holds: bool | None) -> None:
    assert LAW.in_force(id, on) is holds


@pytest.mark.parametrize(
    ("id", "on", "stands"),
    [
        ("qd-3090-2025", date(2026, 7, 28), None),
        ("qd-3090-2025", date(2026, 7, 29), "1425/QĐ-TTg"),
        ("nd-47-2020", date(2026, 1, 1), "278/2025/NĐ-CP"),
        ("nd-47-2020", date(2024, 1, 1), None),
        ("cv-1178-2015", date(2020, 1, 1), "2323/QĐ-BTTTT"),
        ("cv-1178-2015", date(2024, 1, 1), "2568/QĐ-BTTTT"),  # over one that holds no longer either
        ("cv-1178-2015", date(2026, 8, 1), "292/QĐ-BKHCN"),
        ("qd-1729-2024", date(2025, 4, 1), "292/QĐ-BKHCN"),
        ("qcvn-109-2017", date(2017, 9, 13), None),  # not yet: nothing has come after it
        ("nd-64-2007", date(2026, 7, 1), "224/2026/NĐ-CP"),
    ],
)
def test_what_stands_in_the_place_of_a_document(id: str, on: date, stands: str | None) -> None:
    found = LAW.successor(id, on)
    assert (found.number if found else None) == stands


def test_a_number_without_its_issuer_is_no_number() -> None:
    assert LAW.by_number("Quyết định 1425/QĐ-TTg") is LAW.documents["qd-1425-2026"]
    assert LAW.by_number("1425/QĐ-UBND") is None


def test_amendments_are_known_while_they_hold() -> None:
    assert LAW.amended_by("qd-2568-2023", date(2024, 10, 8)) == ()
    assert LAW.amended_by("qd-2568-2023", date(2024, 10, 9)) == ("qd-1729-2024",)
    assert LAW.amended_by("qd-2568-2023", date(2025, 3, 25)) == ()


def register(**documents: dict[str, object]) -> LawRegister:
    return LawRegister(
        {id: LegalDocument.model_validate({"number": id, "title": id, **given}) for id, given in documents.items()}
    )


def test_what_only_amends_ends_with_what_it_amends() -> None:
    law = register(
        a={"date": "2020-01-01"},
        b={"date": "2021-01-01", "amends": ["a"]},
        c={"date": "2022-01-01", "replaces": ["a"]},
    )
    assert law.last_day("b") == date(2021, 12, 31)
    assert law.successor("b", date(2022, 1, 1)) is law.documents["c"]


def test_a_circle_in_the_register_ends() -> None:
    law = register(
        a={"from": "2020-01-01", "until": "2020-12-31", "replaced_by": ["b"]},
        b={"from": "2021-01-01", "until": "2021-12-31", "replaced_by": ["a"]},
        c={"date": "2020-01-01", "amends": ["d"]},
        d={"date": "2020-01-01", "amends": ["c"]},
    )
    assert law.successor("a", date(2022, 1, 1)) is None
    assert law.successor("a", date(2021, 6, 1)) is law.documents["b"]
    assert law.in_force("c", date(2022, 1, 1)) is True
    assert law.last_day("d") is None
