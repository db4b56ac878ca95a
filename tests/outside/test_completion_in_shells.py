"""The completion scripts in real shells: what Tab puts on the line, and what it shows beside it.

bash, fish and zsh complete as they do for a person: zsh in a terminal of its own. No PowerShell was at hand.
"""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.outside
ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = """\
format: kientruc/1
elements:
  lgsp: {kind: platform, name: "Nền tảng: chia sẻ"}
  mot-cua: {kind: application, name: Một cửa}
  mot-cua-cu: {kind: application, name: Một cửa cũ}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a folder with an architecture, and a `kientruc` on PATH that runs what is tested here."""
    (tmp_path / "architecture.yaml").write_text(TEXT, encoding="utf-8")
    program = tmp_path / "bin" / "kientruc"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kientruc "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        assert shutil.which(shell), f"no {shell}: `make outside` installs it"
        script = subprocess.run([program, "completion", shell], capture_output=True, check=True).stdout
        (tmp_path / f"completion.{shell}").write_bytes(script)
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "dumb", "KIENTRUC_LANG": "vi"}


def run(home: Path, *command: str) -> list[str]:
    result = subprocess.run(
        command, cwd=home, env=environment(home), capture_output=True, check=True, timeout=60, stdin=subprocess.DEVNULL
    )
    assert result.stderr == b""
    return result.stdout.decode().splitlines()


@pytest.mark.parametrize(
    ("words", "replies"),
    [
        (("kientruc", "show", "mot"), ["mot-cua", "mot-cua-cu"]),
        (("kientruc", "show", ""), ["lgsp", "mot-cua", "mot-cua-cu"]),
        (("kientruc", "check", "--lang", "=", "e"), ["en"]),
        (("kientruc", "check", "--lang", "="), ["vi", "en"]),
        (("kientruc", "mig"), ["migrate"]),
        (("kientruc", "check", "arch"), []),  # and readline goes on with files, says `complete -o default`
    ],
)
def test_bash(home: Path, words: tuple[str, ...], replies: list[str]) -> None:
    given = " ".join(f"'{word}'" for word in words)
    script = (
        f". ./completion.bash; COMP_WORDS=({given}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _kientruc; "
        '(( ${#COMPREPLY[@]} )) && printf "%s\\n" "${COMPREPLY[@]}"; complete -p kientruc'
    )
    found = run(home, "bash", "--norc", "-c", script)
    assert found[:-1] == replies
    assert found[-1] == "complete -o bashdefault -o default -F _kientruc kientruc"


@pytest.mark.parametrize(
    ("line", "replies"),
    [
        ("kientruc show mot", ["mot-cua\tMột cửa", "mot-cua-cu\tMột cửa cũ"]),
        ("kientruc show ", ["lgsp\tNền tảng: chia sẻ", "mot-cua\tMột cửa", "mot-cua-cu\tMột cửa cũ"]),
        ("kientruc check --lang=e", ["--lang=en"]),
        ("kientruc check --lang ", ["vi", "en"]),
        ("kientruc check arch", ["architecture.yaml"]),
    ],
)
def test_fish(home: Path, line: str, replies: list[str]) -> None:
    found = run(home, "fish", "--no-config", "-c", f"source ./completion.fish; complete --do-complete '{line}'")
    assert sorted(found) == sorted(replies)


def test_zsh_completes_in_a_terminal_and_shows_names(home: Path) -> None:
    rc = "PS1='%# '\nautoload -U compinit; compinit -u -D\n. ./completion.zsh\nsetopt no_list_beep\nprint READY\n"
    (home / ".zshrc").write_text(rc, encoding="utf-8")
    terminal = _Terminal(home)
    terminal.until("READY")
    shown = terminal.type("kientruc show \t", "Một cửa cũ")
    assert "Nền tảng: chia sẻ" in shown
    assert "--lang=en" in terminal.type("\x15kientruc check --lang=e\t", "--lang=en")
    assert "architecture.yaml" in terminal.type("\x15kientruc check arch\t", "architecture.yaml")
    terminal.close()


class _Terminal:
    """A zsh in a pseudo terminal."""

    def __init__(self, home: Path) -> None:
        self.process, self.handle = pty.fork()
        if self.process == 0:
            os.chdir(home)
            os.execvpe("zsh", ["zsh", "-i"], environment(home) | {"TERM": "xterm", "ZDOTDIR": str(home)})

    def type(self, keys: str, wanted: str) -> str:
        os.write(self.handle, keys.encode())
        return self.until(wanted)

    def until(self, wanted: str, seconds: float = 20) -> str:
        """Read until something is shown, or fail."""
        end, shown = time.monotonic() + seconds, b""
        while wanted.encode() not in shown:
            left = end - time.monotonic()
            assert left > 0, f"{wanted!r} is not in {shown.decode(errors='replace')!r}"
            if select.select([self.handle], [], [], min(left, 1))[0]:
                shown += os.read(self.handle, 65536)
        return shown.decode(errors="replace")

    def close(self) -> None:
        os.close(self.handle)
        os.waitpid(self.process, 0)
