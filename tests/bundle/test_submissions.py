"""A submission is opened in one way, whatever its form, and its hash is of what was handed in."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from kientruc import api
from kientruc.errors import UsageError
from tests.conftest import HEAD

YAML = 'elements: {lgsp: {kind: platform, role: lgsp, name: "Nền tảng chia sẻ"}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ho-so"
    folder.mkdir()
    (folder / "architecture.yaml").write_text(HEAD, encoding="utf-8")
    (folder / "a.yaml").write_text(YAML, encoding="utf-8")
    return folder


def test_a_folder_and_its_root_file_are_one_submission(folder: Path) -> None:
    whole, root = api.open_submission(folder), api.open_submission(folder / "architecture.yaml")
    assert (whole.kind, root.kind) == ("folder", "file")
    assert whole.loaded.architecture is not None
    assert list(whole.loaded.architecture.elements) == ["lgsp"]
    assert whole.sha256 == root.sha256
    (folder / "a.yaml").write_text(YAML + "# ghi chú\n", encoding="utf-8")
    assert api.open_submission(folder).sha256 != whole.sha256


def test_a_workbook_is_opened_with_its_findings_and_its_own_hash(folder: Path) -> None:
    architecture = api.load(folder / "architecture.yaml").architecture
    assert architecture is not None
    path = folder / "mau-03.xlsx"
    path.write_bytes(api.form_workbook(architecture))
    found = api.open_submission(path, cut_off=date(2026, 1, 1))
    assert (found.kind, found.sha256) == ("workbook", hashlib.sha256(path.read_bytes()).hexdigest())
    assert found.received is not None and found.loaded.architecture is found.received.architecture is not None


def test_a_broken_workbook_is_a_finding_and_no_file_is_wrong_usage(folder: Path) -> None:
    path = folder / "a.xlsx"
    path.write_bytes(b"PK\x03\x04")
    found = api.open_submission(path)
    assert (found.loaded.architecture, [one.code for one in found.loaded.findings]) == (None, ["X-ZIP"])
    with pytest.raises(UsageError):
        api.open_submission(folder / "b.yaml")
