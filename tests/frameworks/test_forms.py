"""Forms of an edition, words taken from the edition it is held beside, and lines of its check lists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kientruc.frameworks import EditionError, load_edition, load_pack, places_of
from kientruc.frameworks.shelf import EDITIONS
from kientruc.validators import CHECKS

FORMS = """\
forms:
  bang:
    name: {vi: Bảng, en: Table}
    rows: [elements]
    duty: mandatory
    fields:
      - {id: loai, name: {vi: Loại, en: Type}, duty: mandatory, field: kind, crosswalk: loai, list: loai}
      - {id: ma, name: {vi: Mã, en: Code}, duty: if-present, field: codes.mau03}
crosswalks:
  loai: {name: {vi: Loại, en: Type}, of: kind, list: loai, values: {application: he-thong}}
diagrams:
  SĐ-1: {name: {vi: Một, en: One}, shows: {vi: Một, en: One}, duty: mandatory, of: [province]}
outline:
  I: {code: I, name: {vi: Một, en: One}}
  I-1: {code: I.1, name: {vi: Một, en: One}, parent: I}
"""
LISTS = "\n".join(
    (
        "lists:",
        "  loai: {name: {vi: Loại, en: Type}, values: [he-thong], certainty: stated}",
        "  checklist: {name: {vi: Dòng, en: Lines}, values: [ck-01], certainty: stated}",
        "",
    )
)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A shelf with cpdt-1.0 and an edition beside it that has forms of its own."""
    shutil.copytree(EDITIONS / "cpdt-1.0", tmp_path / "cpdt-1.0")
    beside = tmp_path / "ben-canh"
    beside.mkdir()
    text = (EDITIONS / "cpdt-1.0" / "edition.yaml").read_text(encoding="utf-8")
    text = text.replace("id: cpdt-1.0", "id: ben-canh", 1).replace("starts_from: null", "words_from: cpdt-1.0")
    (beside / "edition.yaml").write_text(text, encoding="utf-8")
    (beside / "vocabulary.yaml").write_text(LISTS, encoding="utf-8")
    (beside / "forms.yaml").write_text(FORMS, encoding="utf-8")
    return tmp_path


def test_an_edition_beside_another_has_its_places_and_none_of_its_requirements(shelf: Path) -> None:
    found, other = load_edition("ben-canh", CHECKS, shelf), load_edition("cpdt-1.0", CHECKS, shelf)
    assert (found.places_of, places_of("ben-canh", shelf), places_of("cpdt-1.0", shelf)) == ("cpdt-1.0",) * 3
    assert found.words.places == other.words.places
    assert set(found.words.lists) == {*other.words.lists, "loai", "checklist"}
    assert not found.requirements


@pytest.mark.parametrize("name", ["cpdt-1.1", "ben-canh"])
def test_an_edition_is_beside_another_that_is_there(shelf: Path, name: str) -> None:
    path = shelf / "ben-canh" / "edition.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("words_from: cpdt-1.0", f"words_from: {name}"), encoding="utf-8"
    )
    with pytest.raises(EditionError) as error:
        load_edition("ben-canh", CHECKS, shelf)
    assert [(one.code, one.values["found"]) for one in error.value.findings] == [("E-WORD", name)]


def test_forms_tell_where_each_column_is_kept(shelf: Path) -> None:
    forms = load_edition("ben-canh", CHECKS, shelf).forms
    assert forms is not None
    assert [field.field for field in forms.forms["bang"].fields] == ["kind", "codes.mau03"]
    assert forms.crosswalks["loai"].values == {"application": "he-thong"}
    assert load_edition("cpdt-1.0", CHECKS, shelf).forms is None


@pytest.mark.parametrize(
    ("old", "new", "found", "near"),
    [
        ("rows: [elements]", "rows: [element]", "element", "elements"),
        ("field: codes.mau03", "field: code.mau03", "code", "codes"),
        ("crosswalk: loai,", "crosswalk: laoi,", "laoi", "loai"),
        ("field: kind, crosswalk: loai, list: loai", "field: kind, crosswalk: loai, list: laoi", "laoi", "loai"),
        ("of: kind", "of: kid", "kid", "kind"),
        ("values: {application:", "values: {aplication:", "aplication", "application"),
        ("{application: he-thong}", "{application: he-thon}", "he-thon", "he-thong"),
        ("of: [province]", "of: [provinc]", "provinc", "province"),
        ("parent: I}", "parent: IX}", "IX", "I"),
        ("crosswalks:", "duties: laoi\ncrosswalks:", "laoi", "loai"),
    ],
)
def test_what_forms_misspell_is_refused_with_its_place(shelf: Path, old: str, new: str, found: str, near: str) -> None:
    assert old in FORMS
    (shelf / "ben-canh" / "forms.yaml").write_text(FORMS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EditionError) as error:
        load_edition("ben-canh", CHECKS, shelf)
    finding = error.value.findings[0]
    assert (finding.code, finding.values["found"], finding.values["near"]) == ("E-WORD", found, near)
    assert finding.span is not None
    assert found in finding.span.file.text.splitlines()[finding.span.line - 1]


def test_a_requirement_serves_lines_that_are_there(shelf: Path) -> None:
    folder = shelf / "ben-canh" / "requirements"
    folder.mkdir()
    text = (EDITIONS / "cpdt-1.0" / "requirements" / "C10-AT-01.yaml").read_text(encoding="utf-8")
    text = text.replace("C10-AT-01", "BC-AT-01")
    path = folder / "BC-AT-01.yaml"
    path.write_text(text.replace("status: stable", "status: stable\nserves: [ck-01]"), encoding="utf-8")
    assert load_pack(shelf / "ben-canh", CHECKS, shelf).requirements["BC-AT-01"].serves == ("ck-01",)
    path.write_text(text.replace("status: stable", "status: stable\nserves: [ck-02]"), encoding="utf-8")
    with pytest.raises(EditionError) as error:
        load_pack(shelf / "ben-canh", CHECKS, shelf)
    assert [(one.code, one.values["near"]) for one in error.value.findings] == [("E-WORD", "ck-01")]
