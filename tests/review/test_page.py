"""The page on reviewing: its files and commands in their order, with the exit codes it promises; its answer is read."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kientruc.cli import run
from kientruc.review import read
from tests.test_docs import EVENT

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "review.md").read_text(encoding="utf-8")


def test_the_page_runs_as_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    printed = ""
    for event in EVENT.finditer(PAGE):
        if event["file"]:
            path = tmp_path / event["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(event["content"], encoding="utf-8")
        elif event["said"]:
            assert event["said"] in printed
        else:
            code = run(shlex.split(event["command"]))
            printed = capsys.readouterr().out
            assert code == int(event["code"]), f"{event['command']}\n{printed}"
            commands += 1
    assert commands == len(re.findall(r"^kientruc ", PAGE, re.MULTILINE)) == 9


def test_the_answer_of_the_page_is_one(tmp_path: Path) -> None:
    (text,) = (block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "kientruc-answers" in block)
    path = tmp_path / "answers.yaml"
    path.write_text(text, encoding="utf-8")
    found = read(answers=path)
    assert ([one.id for one in found.answers], found.findings) == (["tl-01"], ())
