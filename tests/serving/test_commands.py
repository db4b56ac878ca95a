"""`check --watch` and `serve` as a user meets them: what is printed, what the browser gets, and how they end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from kientruc.cli import run
from kientruc.cli.watching import stay
from kientruc.errors import KientrucError
from kientruc.messages import text
from kientruc.serving import watching
from kientruc.serving.session import Asked, Load, Session
from tests.properties.test_kept import FILES
from tests.serving.conftest import LONG
from tests.serving.test_session import A, save

ctrl_c = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")


@contextmanager
def command(folder: Path, *arguments: str) -> Iterator[Callable[[str], str]]:
    """Run a command that stays; give what reads on until a line says something. It must end by Ctrl-C, with 0."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kientruc", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    late = Timer(4 * LONG, process.kill)
    late.start()
    seen: list[str] = []

    def until(words: str) -> str:
        assert process.stdout is not None
        for line in process.stdout:
            seen.append(line)
            if words in line:
                return line
        raise AssertionError(f"it never said {words!r}: {''.join(seen)}")

    try:
        yield until
        process.send_signal(signal.SIGINT)
        rest = process.communicate()[0]
        assert (process.returncode, rest.endswith(text("watch.stopped", "vi") + "\n")) == (0, True), rest
    finally:
        late.cancel()
        process.kill()
        process.wait()


@ctrl_c
def test_check_watch_tells_what_each_save_changed_and_ends_with_0(folder: Path) -> None:
    with command(folder, "check", "--watch") as until:
        until(text("text.loaded-none", "vi"))
        until("Chưa đáp ứng")
        until(text("watch.waiting", "vi", count=4))
        save(folder, A, "lgsp, protocol", "lgps, protocol")
        until(text("watch.changed", "vi", paths=A))
        until("phan/a.yaml:10:17: lỗi M-REF")
        until(text("text.not-evaluated", "vi"))
        save(folder, A, "lgps, protocol", "lgsp, protocol")
        save(folder, A, "security_level: {unknown: đang lập hồ sơ}", "note: bỏ")
        until("đã hết M-REF: ")
        until(text("watch.compared", "vi", new=1, gone=0))
        until("C10-AT-01")
        save(folder, A, "điện tử", "điện tử cấp tỉnh")
        until(text("watch.same", "vi"))


@ctrl_c
def test_serve_shows_each_save_and_the_last_picture_over_broken_files(folder: Path) -> None:
    with command(folder, "serve") as until:
        url = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", until("http://"))
        assert url is not None

        def get(path: str) -> str:
            answer = urllib.request.urlopen(url[0].replace("/?", f"/{path}?"), timeout=LONG)
            return str(answer.read().decode())

        until(text("watch.waiting", "vi", count=4))
        page = get("")
        assert "Nền tảng" in page and "C10-AT-01" in page and "</svg>" in page
        save(folder, A, "Nền tảng tích hợp", "Trục liên thông")
        until(text("watch.waiting", "vi", count=4))
        assert "Trục" in get("page")
        save(folder, A, "elements:", "elements: [")
        until(text("watch.waiting", "vi", count=4))
        page = get("")
        assert "Trục" in page and "C10-AT-01" in page and "</svg>" in page
        assert "Y-UNCLOSED" in get("page")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--watch", "--format", "json"),
        ("check", "--watch", "--to", "x.md"),
        ("check", "--watch", "--access", "public"),
        ("check", "--watch", "nowhere.yaml"),
        ("check", "--watch", "--edition", "nowhere"),
        ("check", "--watch", "--waivers", "nowhere.yaml"),
        ("check", "--watch", "--waivers", "khung.yaml"),
        ("check", "--watch", "--on", "hôm kia"),
        ("serve", "nowhere.yaml"),
        ("serve", "--edition", "nowhere"),
        ("serve", "--port", "70000"),
    ],
)
def test_what_is_wrong_from_the_start_ends_it(
    folder: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert run([*arguments]) == 2


@ctrl_c
def test_nothing_but_ctrl_c_ends_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watching, "POLL", 20)
    trouble: list[BaseException] = [
        KientrucError("cli.no-watch"), RuntimeError("hỏng"), RecursionError(), MemoryError(), KeyboardInterrupt()
    ]  # fmt: skip

    def do(session: Session, load: Load) -> None:
        save(folder, A, "điện tử", "điện tử nữa")
        if load.changed:
            raise trouble.pop(0)

    assert stay(Asked(folder / "architecture.yaml"), True, "vi", do) == 0
    said = capsys.readouterr().err.splitlines()
    assert trouble == []
    assert (
        said[0] == text("cli.no-watch", "vi") and "RuntimeError" in said[1] and said[-1] == text("watch.stopped", "vi")
    )


@ctrl_c
def test_it_ends_where_nobody_reads_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL", 20)

    def do(session: Session, load: Load) -> None:
        save(folder, A, "điện tử", "điện tử nữa")
        if load.changed:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        stay(Asked(folder / "architecture.yaml"), True, "vi", do)


def test_other_roots_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "thu-hai.yaml").write_text(FILES["architecture.yaml"], encoding="utf-8")

    def do(session: Session, load: Load) -> None:
        raise KeyboardInterrupt

    assert stay(Asked(folder / "architecture.yaml"), True, "en", do) == 0
    assert "thu-hai.yaml" in capsys.readouterr().err


@ctrl_c
def test_the_schema_for_editors_follows_each_save(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL", 20)
    monkeypatch.chdir(folder)
    assert run(["schema", "--to", "kientruc.schema.json"]) == 0
    schema = folder / "kientruc.schema.json"
    seen: list[bool] = []

    def do(session: Session, load: Load) -> None:
        seen.append("cong-dich-vu" in schema.read_text(encoding="utf-8"))
        if len(seen) == 3:
            raise KeyboardInterrupt
        save(folder, A, "mot-cua:", "cong-dich-vu: {kind: application, name: Cổng}\n  mot-cua:")
        save(folder, A, "điện tử", "điện tử nữa")

    assert stay(Asked(folder / "architecture.yaml"), True, "vi", do) == 0
    assert seen == [False, False, True]
