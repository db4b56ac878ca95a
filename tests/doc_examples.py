"""What a page of the documentation shows, done in its order: files written and edited, commands run, output compared.

Marks are comments of the page: `stage: NAME` (what lies in the folder before), `file PATH`, `add PATH` and `fragment`
before a block of YAML, `outside` (its commands take long:
run by `make outside`), `edit PATH: BEFORE => AFTER`, `delete PATH: LINE`, `says: WORDS` (of the last command),
`again N` (the last command once more, with its exit code), `elsewhere TEST` (the next block is run by that test),
`same FILE: KEPT` (a file that was
written has the bytes of one of the repository).
Comments of commands may say `exit N` or `mã thoát N`; else it is 0. A block of `text` is what the command before it
prints; `…` alone on a line stands for lines left out, within a line for what stands there.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from kientruc.cli import run
from tests.doc_stages import STAGES

ROOT = Path(__file__).resolve().parent.parent
# The pages that people write; the examples of generated ones are run where they come from.
GENERATED = re.compile(r"docs/(requirements/|(checks|codes|commands|values|places)\.)")
PAGES = tuple(
    page
    for pattern in ("README*.md", "docs/**/*.md", "examples/**/*.md")
    for page in sorted(ROOT.glob(pattern))
    if not GENERATED.match(page.relative_to(ROOT).as_posix())
)
EXIT = re.compile(r"(?:exit|mã thoát) (\d)")
MARK = re.compile(r"<!-- (.+?) -->", re.DOTALL)
COMMENT = re.compile(r"\s+#\s.*|\s+#$")


MIRRORS = MappingProxyType(  # pages that ask for the same steps in two languages
    {
        "README.vi.md": "README.md",
        "docs/huong-dan.md": "docs/tutorial.md",
        "docs/buoc-dau.md": "docs/first-steps.md",
        "docs/how-to/tu-van.md": "docs/how-to/consultants.md",
        "docs/how-to/chuyen-trach.md": "docs/how-to/departments.md",
        "docs/how-to/tham-dinh.md": "docs/how-to/reviewers.md",
    }
)


class Event(NamedTuple):
    """One thing a reader of a page does or sees: `sort` is the word of a mark, `run`, `shell`, `powershell`, `text`."""

    sort: str
    what: str = ""  # the argument of the mark, or the command
    content: str = ""  # of the block
    code: int = 0


def events(page: str) -> Iterator[Event]:
    """Give what a page asks its reader to do, in its order."""
    marked = ""
    for token in MarkdownIt("commonmark").parse(page):
        if token.type == "html_block":
            for mark in MARK.findall(token.content):
                word, _, rest = mark.partition(" ")
                if word in ("file", "add", "fragment", "elsewhere"):
                    marked = mark
                elif word.rstrip(":") in ("stage", "edit", "delete", "says", "again", "same", "outside"):
                    yield Event(word.rstrip(":"), rest)
        elif token.type == "fence":
            yield from _fence(token.info.strip(), token.content, marked)
            marked = ""


def _fence(language: str, content: str, marked: str) -> Iterator[Event]:
    if marked.startswith("elsewhere"):
        yield Event("elsewhere", marked.removeprefix("elsewhere "), content)
    elif language == "sh":
        for line in filter(None, map(str.strip, content.splitlines())):
            command, said = COMMENT.sub("", line), EXIT.search(line)
            yield Event(
                "run" if command.startswith("kientruc ") else "shell", command, code=int(said[1]) if said else 0
            )
    elif language == "yaml":
        word, _, rest = marked.partition(" ")
        yield Event(word or "yaml", rest, content)
    else:
        yield Event(language, content=content)


def pages(outside: bool) -> list[str]:
    """Name the pages with commands.

    Args:
        outside: those for `make outside`: which take long, and which only mirror another and show no output.
    """
    told = {page.relative_to(ROOT).as_posix(): list(events(page.read_text(encoding="utf-8"))) for page in PAGES}
    named = {name: {event.sort for event in found} for name, found in told.items()}
    later = {name for name, sorts in named.items() if "outside" in sorts or is_mirror(name, sorts)}
    return [name for name, sorts in named.items() if "run" in sorts and (name in later) == outside]


def is_mirror(name: str, sorts: set[str]) -> bool:
    """Tell whether running a page shows nothing that the page it mirrors does not."""
    return name in MIRRORS.values() and "text" not in sorts


class Reader:
    """Somebody who follows a page in a folder of their own."""

    def __init__(self, folder: Path, hands: pytest.MonkeyPatch, eyes: pytest.CaptureFixture[str]) -> None:
        self.here, self.printed, self.last, self.commands = folder, "", "", 0
        self._hands, self._eyes = hands, eyes
        hands.chdir(folder)
        hands.delenv("KIENTRUC_LANG", raising=False)

    def follow(self, event: Event) -> None:
        """Do or compare one thing; an AssertionError says what is not as the page says."""
        if event.sort == "stage":
            STAGES[event.what](self.here)
        elif event.sort == "run":
            self._run(event.what, event.code)
        elif event.sort == "again":
            self._run(self.last, int(event.what))
        elif event.sort == "shell":
            self._shell(shlex.split(event.what))
        elif event.sort in ("file", "add"):
            path = self.here / event.what
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if event.sort == "add" else ""
            path.write_text(before + event.content, encoding="utf-8")
        elif event.sort in ("edit", "delete"):
            self._edit(event)
        elif event.sort == "says":
            assert event.what in self.printed, f"{event.what}\n{self.printed}"
        elif event.sort == "elsewhere":
            there = (ROOT / event.what).read_text(encoding="utf-8")
            assert [word for word in re.findall(r"--([a-z-]+)", event.content) if word not in there] == []
        elif event.sort == "same":
            written, kept = event.what.split(": ")
            assert (self.here / written).read_bytes() == (ROOT / kept).read_bytes(), (
                f"{kept} is not what is written now"
            )
        elif event.sort == "text":
            assert shown_in(event.content, self.printed), f"{event.content}\n--- but printed was\n{self.printed}"

    def _run(self, command: str, expected: int) -> None:
        self.last = command
        code, told = run(shlex.split(command)[1:]), self._eyes.readouterr()
        self.printed = told.out + told.err
        self.commands += 1
        assert code == expected, f"{command}: exit {code}\n{self.printed}"

    def _edit(self, event: Event) -> None:
        name, _, rest = event.what.partition(": ")
        old, new = rest.split(" => ") if event.sort == "edit" else (f"{rest}\n", "")
        path = self.here / name
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{name} has no {old!r}"
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    def _shell(self, words: list[str]) -> None:
        """Do the few things of a shell that the pages ask for; what sets up the tool itself is not done again."""
        if words[0] == "mkdir":
            (self.here / words[1]).mkdir()
        elif words[0] == "cp":
            shutil.copy(self.here / words[1], self.here / words[2])
        elif words[0] == "export":
            self._hands.setenv(*words[1].split("=", 1))
        elif words[0] == "cd":
            self.here = self.here / words[1]
            self._hands.chdir(self.here)
        else:
            targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            known = words in ([".", ".venv/bin/activate"],) or (words[0] == "make" and words[1].rstrip() in targets)
            assert known, f"a shell line that no test does: {shlex.join(words)}"


def shown_in(shown: str, printed: str) -> bool:
    """Tell whether what a page shows stands in what was printed, lines that are left out aside."""
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else r".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
        for line in shown.splitlines()
    ]
    return re.search("^" + "".join(lines), printed + "\n", re.MULTILINE) is not None
