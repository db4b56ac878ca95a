"""A root file that is not where it was looked for: what is told leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc.api import root_file
from kientruc.errors import UsageError

ROOT = Path("architecture.yaml")


def told(path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(UsageError) as refused:
        root_file(path)
    return refused.value.key, refused.value.values


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    return here


@pytest.mark.parametrize("name", ["architecture.yml", "architecture.yaml.txt", "Architecture.YAML"])
def test_a_file_of_nearly_that_name_is_to_be_renamed(folder: Path, name: str) -> None:
    (folder / name).touch()
    assert told(ROOT) == (
        "cli.no-file-renamed",
        {"path": "architecture.yaml", "other": name, "name": "architecture.yaml"},
    )


@pytest.mark.parametrize(
    ("there", "asked", "first", "enter"),
    [
        ("a/architecture.yaml", "architecture.yaml", "../architecture.yaml", ".."),
        ("a/b/xa-mau/architecture.yaml", "architecture.yaml", "xa-mau/architecture.yaml", "xa-mau"),
        ("a/b/architecture.yaml", "x", "architecture.yaml", "."),
        ("architecture.yaml", "..", "../../architecture.yaml", "../.."),
    ],
)
def test_a_file_one_folder_off_is_named(folder: Path, there: str, asked: str, first: str, enter: str) -> None:
    (folder / "x").mkdir()
    path = folder.parent.parent / there
    path.parent.mkdir(exist_ok=True)
    path.touch()
    key, values = told(Path(asked))
    assert (key, values["first"], values["folder"]) == ("cli.no-file-here", first, enter)


def test_nothing_near_leads_to_another_folder_or_a_new_architecture(folder: Path) -> None:
    assert told(ROOT) == ("cli.no-root", {"path": "architecture.yaml"})
    (folder / "kien-truc.yaml").touch()
    assert told(ROOT) == ("cli.no-file", {"path": "architecture.yaml", "there": "kien-truc.yaml"})
