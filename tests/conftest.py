"""What many tests share: an architecture written beside the assertion, and its findings told shortly."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Protocol

import pytest
from hypothesis import settings

from kientruc.loading import Loaded, load
from kientruc.reading.limits import DEFAULT, Limits
from tests.doc_examples import Reader

settings.register_profile("steady", deadline=None, derandomize=True)  # no clock, no luck: the same in every run
settings.load_profile("steady")

HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}}
include: [a.yaml]
"""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reader:
    return Reader(tmp_path, monkeypatch, capsys)


class LoadText(Protocol):
    """Loads a text: as the root file if it begins with `format:`, else as a file that a root with HEAD includes."""

    def __call__(self, text: str, limits: Limits = DEFAULT) -> Loaded: ...


@pytest.fixture
def load_text(tmp_path: Path) -> LoadText:
    def load_it(text: str, limits: Limits = DEFAULT) -> Loaded:
        text = dedent(text).lstrip("\n")
        root = tmp_path / "root.yaml"
        root.write_text(text if text.startswith("format:") else HEAD, encoding="utf-8", newline="")
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8", newline="")
        return load(root, limits)

    return load_it


def told(loaded: Loaded) -> list[tuple[str, int, int]]:
    """Give the code, line and column of each finding."""
    return [(one.code, one.span.line, one.span.column) if one.span else (one.code, 0, 0) for one in loaded.findings]
