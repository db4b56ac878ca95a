"""The editions that ship: whole, honest, bilingual; and an edition that is wrong is refused with the place."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kientruc.frameworks import EditionError, edition_ids, load_edition, load_words, roles
from kientruc.frameworks.law import canonical, number_year
from kientruc.frameworks.law_files import common_law
from kientruc.frameworks.requirement import fill
from kientruc.frameworks.shelf import EDITIONS
from kientruc.frameworks.vocabulary import Bilingual
from kientruc.model.values import Certainty
from kientruc.validators import CHECKS, edition

FORBIDDEN = ("KT-", "QG-", "LQ-", "CX-", "QH-", "ND-", "NV-", "KPI-", "MT-")
CPDT = edition("cpdt-1.0")
CANDIDATES = {f"V1-{number:02}" for number in range(1, 14)}


def test_the_editions_are_known_by_their_folders() -> None:
    assert "cpdt-1.0" in edition_ids()
    with pytest.raises(KeyError):
        edition("cpdt-9.9")


def test_each_candidate_of_the_facts_became_a_requirement() -> None:
    assert {requirement.candidate for requirement in CPDT.requirements.values()} == CANDIDATES
    assert CPDT.not_read


def test_ids_name_instrument_area_and_number_and_never_borrow_the_prefixes_of_mau_03() -> None:
    for id in CPDT.requirements:
        instrument, area, number = id.split("-")
        assert (instrument, len(area), number.isdigit()) == ("C10", 2, True)
        assert f"{area}-" not in FORBIDDEN
    assert list(CPDT.requirements) == sorted(CPDT.requirements)


def test_nothing_is_stable_that_was_not_read() -> None:
    for requirement in CPDT.requirements.values():
        read = requirement.clause[0].certainty in (Certainty.STATED, Certainty.DERIVED)
        duty_seen = requirement.id != "C10-PL-01"  # what its clause says was read, but no clause that lays the duty
        assert (read and duty_seen) == (requirement.status == "stable"), requirement.id


def test_all_words_are_there_twice_and_in_nfc() -> None:
    for path in (*EDITIONS.rglob("*.yaml"), EDITIONS.parent / "roles.yaml"):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path


def test_the_law_knows_the_days_of_2017() -> None:
    law, on = CPDT.law, date(2017, 9, 13)
    holds = {id: document.in_force(on) for id, document in law.documents.items()}
    assert [holds[id] for id in ("tt-13-2017", "nd-85-2016", "tt-03-2017", "tt-25-2014", "nd-64-2007")] == [True] * 5
    assert [holds[id] for id in ("qcvn-109-2017", "tt-39-2017", "tt-32-2017", "nd-61-2018")] == [False] * 4
    assert law.documents["tt-22-2013"].in_force(date(2018, 7, 1)) is False
    assert law.documents["cv-1178-2015"].accepted_dates == (date(2015, 4, 24),)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Quyết định 1425/QĐ-TTg", "1425/qđ-ttg"),
        (" 85 / 2016 / NĐ-CP", "85/2016/NĐ-CP"),
        ("QCVN 102:2016/BTTTT", "qcvn  102:2016/bttTT"),
    ],
)
def test_a_number_is_known_however_it_is_spelt(written: str, same: str) -> None:
    assert canonical(written) == canonical(same)


def test_a_number_without_its_issuer_is_another_document() -> None:
    assert CPDT.law.by_number("1425/QĐ-TTg") is not None
    assert CPDT.law.by_number("1425/QĐ-UBND") is None
    assert (number_year("85/2016/NĐ-CP"), number_year("1819/QĐ-TTg")) == (2016, None)


def test_roles_are_one_register_and_narrower_ones_count_as_wider_ones() -> None:
    assert {"lgsp", "ngsp", "ndxp", "national_database", "one_stop", "wan", "data_centre", "sso", "ioc"} <= set(roles())
    found = load_words("cpdt-1.0").kinds_of(["national_database"])
    assert found == ("national_database", "national_population_database")


def test_a_value_is_never_read_for_placeholders() -> None:
    words = Bilingual(vi="“{name}” và {x}", en="“{name}” and {x}")
    assert fill(words, "vi", {"name": "{x}", "x": "1"}) == "“{x}” và 1"
    assert fill(words, "en", {"name": "Tên", "name_en": "Name", "x": "1"}) == "“Name” and 1"


# --- what is wrong is refused, with its place ---

Spoil = Callable[[str, str, str], EditionError]
OWN_LAW = """
legal:
  cv-1178-2015:
    number: 1178/BTTTT-THH
    title: Khung Kiến trúc Chính phủ điện tử Việt Nam
    issuer: Bộ Thông tin và Truyền thông
    replaced_by: [qd-2323-2019]
"""


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Change one text in one file of a copy of the edition, and give what refuses it."""

    def refused(path: str, old: str, new: str) -> EditionError:
        folder = tmp_path / "editions"
        shutil.copytree(EDITIONS / "cpdt-1.0", folder / "cpdt-1.0")
        (folder / "cpdt-1.0" / "law.yaml").write_text(OWN_LAW, encoding="utf-8")
        file = folder / "cpdt-1.0" / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(EditionError) as error:
            load_edition("cpdt-1.0", CHECKS, folder)
        return error.value

    return refused


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "at", "near"),
    [
        ("requirements/C10-AT-01.yaml", "modality:", "modallity:", "E-KEY", "modallity", "modality"),
        ("requirements/C10-AT-01.yaml", "props:", "propz:", "E-KEY", "propz", "props"),
        ("requirements/C10-AT-01.yaml", "modality: must", "modality: allways", "E-WORD", "allways", ""),
        ("requirements/C10-AT-01.yaml", "[application,", "[aplication,", "E-WORD", "aplication", "application"),
        ("requirements/C10-AT-01.yaml", "[owner,", "[owmer,", "E-WORD", "owmer", "owner"),
        ("requirements/C10-AT-03.yaml", "role: [lgsp,", "role: [lgps,", "E-WORD", "lgps", "lgsp"),
        ("requirements/C10-AT-03.yaml", "prop: security_level", "prop: securty", "E-WORD", "securty", "security_level"),
        ("requirements/C10-AT-03.yaml", "via: realises", "via: realizes", "E-WORD", "realizes", "realises"),
        ("requirements/C10-KN-03.yaml", "@giao-thuc-tt13", "@giao-thuc", "E-WORD", '"@giao-thuc"', "@giao-thuc-tt13"),
        ("requirements/C10-AT-01.yaml", "“{name}”", "“{nam}”", "E-PLACEHOLDER", "Hệ thống", "name"),
        ("requirements/C10-AT-01.yaml", "id: C10-AT-01", "id: C10-AT-09", "E-ID", "C10-AT-09", ""),
        ("requirements/C10-AT-01.yaml", "nd-85-2016", "nd-85-2017", "E-WORD", "nd-85-2017", "nd-85-2016"),
        ("requirements/C10-TP-01.yaml", "status: trial", "status: stable", "E-CLAUSE", "stable", ""),
        ("requirements/C10-DC-01.yaml", "sections: [goals]", "sections: [goal]", "E-WORD", "goal", "goals"),
        ("requirements/C10-AT-02.yaml", "compare_along", "compare_alon", "E-WORD", "compare_alon", "compare_along"),
        ("vocabulary.yaml", "parent: ung-dung-csdl", "parent: ung-dung", "E-WORD", "ung-dung", "ung-dung-csdl"),
        ("law.yaml", "replaced_by: [qd-2323-2019]", "replaced_by: [qd-2323]", "E-WORD", "[qd-2323]", "qd-2323-2019"),
        ("law.yaml", "issuer: Bộ", "isuer: Bộ", "E-KEY", "isuer", ""),
        ("edition.yaml", "document: cv-1178-2015", "document: cv-1178", "E-WORD", "cv-1178", "cv-1178-2015"),
        ("edition.yaml", "id: cpdt-1.0", "id: cpdt-1.1", "E-ID", "cpdt-1.1", ""),
    ],
)  # fmt: skip
def test_what_is_misspelt_is_refused_with_its_place(
    spoil: Spoil, path: str, old: str, new: str, code: str, at: str, near: str
) -> None:
    error = spoil(path, old, new)
    finding = error.findings[0]
    assert [one.code for one in error.findings] == [code]
    assert finding.span is not None
    assert (finding.span.path, finding.values.get("near", "")) == (path, near)
    assert finding.span.file.text[finding.span.start :].lstrip('"').startswith(at.lstrip('"'))


def test_a_requirement_needs_all_its_parts(spoil: Spoil) -> None:
    error = spoil("requirements/C10-AT-01.yaml", "not_applicable: |", "extra: |")
    assert {finding.code for finding in error.findings} == {"E-KEY", "E-MISSING"}


def test_two_checks_need_two_letters(spoil: Spoil) -> None:
    error = spoil("requirements/C10-AT-04.yaml", "id: b", "id: a")
    assert [finding.code for finding in error.findings] == ["E-CHECK"]


def test_an_edition_may_start_from_another(tmp_path: Path) -> None:
    shutil.copytree(EDITIONS / "cpdt-1.0", tmp_path / "cpdt-1.0")
    later = tmp_path / "cpdt-1.1"
    later.mkdir()
    text = (EDITIONS / "cpdt-1.0" / "edition.yaml").read_text(encoding="utf-8")
    text = text.replace("id: cpdt-1.0", "id: cpdt-1.1", 1).replace("starts_from: null", "starts_from: cpdt-1.0")
    text = text.replace("replaces: []", "replaces: []\ndrops: [C10-PL-02]")
    (later / "edition.yaml").write_text(text, encoding="utf-8")
    found = load_edition("cpdt-1.1", CHECKS, tmp_path)
    assert set(found.requirements) == set(CPDT.requirements) - {"C10-PL-02"}
    assert found.words.places == CPDT.words.places
    assert found.sha256 != CPDT.sha256


def test_an_edition_has_the_word_over_the_common_law(tmp_path: Path) -> None:
    shutil.copytree(EDITIONS / "cpdt-1.0", tmp_path / "cpdt-1.0")
    common = CPDT.law.documents["cv-1178-2015"]
    assert common.date == date(2015, 4, 21)
    (tmp_path / "cpdt-1.0" / "law.yaml").write_text(OWN_LAW, encoding="utf-8")
    found = load_edition("cpdt-1.0", CHECKS, tmp_path)
    assert found.law.documents["cv-1178-2015"].date is None
    assert {**found.law.documents, "cv-1178-2015": common} == CPDT.law.documents
    assert found.sha256 != CPDT.sha256


@pytest.mark.parametrize("path", ["law.yaml", "roles.yaml"])
def test_what_all_editions_share_is_in_the_hash_of_each(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr("kientruc.frameworks.edition.COMMON", {"law.yaml", "roles.yaml"} - {path})
    assert load_edition.__wrapped__("cpdt-1.0", CHECKS).sha256 != CPDT.sha256


def test_what_is_told_of_a_document_is_told_once() -> None:
    """An edition's own file adds documents; where it says something else of a common one, that must be on purpose."""
    common, _ = common_law()
    for id in edition_ids():
        documents = edition(id).law.documents
        assert {name: documents[name] for name in common.documents} == common.documents
    numbers = [canonical(document.number) for document in common.documents.values()]
    assert len(numbers) == len(set(numbers))
