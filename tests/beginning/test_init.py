"""`kientruc init` as a user meets it: options, questions on a terminal, workbooks, folders of every sort."""

from __future__ import annotations

import errno
import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kientruc import api, atomic
from kientruc.api.beginning import begin
from kientruc.cli import run
from kientruc.errors import OutputError, UsageError
from kientruc.renderers.new_files import place
from tests.intake.survey import Province

ROOT = Path(__file__).parent.parent.parent
DAY = ("--cut-off", "2026-11-20")
FILES = 17  # of a skeleton of qgs-1425


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, at no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_one_command_makes_what_the_next_one_checks(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["init", "thu", "--agency", "Sở A", *DAY, "--lang", "en"]) == 0
    told = capsys.readouterr().out
    made = files(here / "thu")
    assert (len(made), told.count("\nthu/") + told.startswith("thu/")) == (FILES, FILES)
    assert "passes kientruc check" in told and "9 values are not known yet" in told
    assert made["architecture.yaml"].startswith(b"# yaml-language-server: $schema=kientruc.schema.json\n")
    assert made["architecture/co-quan.yaml"].startswith(b"# yaml-language-server: $schema=../kientruc.schema.json\n")
    monkeypatch.chdir(here / "thu")
    assert run(["check"]) == 0
    capsys.readouterr()
    assert run(["view", "layered", "--to", "hinh.svg"]) == 2
    assert "không có gì để vẽ" in capsys.readouterr().err
    assert made[".gitignore"].startswith(b"out/\nout-*/\n")


def test_nothing_is_written_without_a_day_and_the_message_names_the_option(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "--yes"]) == 2
    assert "--cut-off today" in capsys.readouterr().err
    assert files(here) == {}


@pytest.mark.parametrize(
    "there",
    [
        {"architecture.yaml": b"x"},
        {"architecture/co-quan.yaml": b"x"},
        {"architecture/cu.yaml": b"elements: {}"},
        {"kientruc.schema.json": b"[]"},
    ],
    ids=str,
)
def test_what_stands_there_is_named_and_nothing_is_written(
    there: dict[str, bytes], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, data in there.items():
        (here / path).parent.mkdir(exist_ok=True)
        (here / path).write_bytes(data)
    assert run(["init", *DAY]) == 2
    assert next(iter(there)) in capsys.readouterr().err
    assert files(here) == there


def test_a_readme_and_a_gitignore_of_ones_own_stay(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = {"README.md": b"cua toi", ".gitignore": b"*.bak\r\n", "so-lieu.xlsx": b"PK"}
    for name, data in own.items():
        (here / name).write_bytes(data)
    assert run(["init", *DAY]) == 0
    found = files(here)
    assert {name: found[name] for name in own} == own
    assert len(found) == FILES + 1
    assert "README.md đã có từ trước" in capsys.readouterr().out


def test_what_was_cut_short_is_completed_by_the_same_command(here: Path) -> None:
    assert run(["init", "thu", *DAY]) == 0
    whole = files(here / "thu")
    (here / "thu" / "architecture.yaml").unlink()
    (here / "thu" / "architecture" / "nguon.yaml").unlink()
    (here / "thu" / ".nguon.yaml.kientruc-tmp").write_bytes(b"half")
    assert run(["init", "thu", *DAY]) == 0
    (here / "thu" / ".nguon.yaml.kientruc-tmp").unlink()
    assert files(here / "thu") == whole


def test_links_and_files_in_place_of_folders_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "that").mkdir()
    (here / "lien-ket").symlink_to("that", target_is_directory=True)
    (here / "tep").write_bytes(b"x")
    assert run(["init", "lien-ket", *DAY]) == 3
    assert "liên kết" in capsys.readouterr().err
    assert run(["init", "tep", *DAY]) == 2
    assert "là một tệp" in capsys.readouterr().err
    assert run(["init", "tep/con", *DAY]) == 3
    (here / "that" / "architecture").symlink_to(here, target_is_directory=True)
    assert run(["init", "that", *DAY]) == 3
    assert files(here) == {"tep": b"x"}


@pytest.mark.parametrize("exists", [True, False])
def test_a_disk_that_refuses_leaves_nothing_behind(
    exists: bool, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if exists:
        (here / "thu").mkdir()
    written, flush = [0], atomic.flush

    def full(path: Path, data: bytes) -> None:
        written[0] += 1
        if written[0] == 9:
            raise OSError(errno.ENOSPC, "full", str(path))
        flush(path, data)

    monkeypatch.setattr("kientruc.atomic.flush", full)
    monkeypatch.setattr("kientruc.renderers.new_files.flush", full)
    assert run(["init", "thu", *DAY]) == 3
    assert "ENOSPC" not in capsys.readouterr().err
    assert [path.relative_to(here).as_posix() for path in here.rglob("*")] == (["thu"] if exists else [])


def test_a_rename_that_fails_takes_back_those_before_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise PermissionError(errno.EACCES, "no", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    (here / "co").mkdir()
    with pytest.raises(OutputError):
        place(here / "co", {"x/a": b"1", "b": b"2", "c": b"3"})
    assert list((here / "co").iterdir()) == []


class Terminal:
    """The command in a terminal of its own, whose questions are answered one after the other."""

    def __init__(self, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            os.chdir(folder)
            words = [sys.executable, "-m", "kientruc", *arguments]
            os.execve(sys.executable, words, {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"})

    def answered(self, *answers: bytes) -> tuple[str, int]:
        """Give all that was shown, and the exit code."""
        shown, left = b"", list(answers)
        while select.select([self.terminal], [], [], 60)[0]:
            try:
                data = os.read(self.terminal, 4096)
            except OSError:  # how Linux says that the other end is closed
                break
            if not data:
                break
            shown += data
            if left and shown.endswith(b"]: "):
                shown += b"\n"
                os.write(self.terminal, left.pop(0))
        os.close(self.terminal)
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_on_a_terminal_every_wrong_answer_is_told_what_is_allowed(here: Path) -> None:
    answers = (
        "cpdt-1\n",
        "cpdt-1.0\n",
        "UBND huyện: B\n",
        "\n",
        "Mã Có Dấu\n",
        "huyen-b\n",
        "1/9/2017\n",
        "2017-09-01\n",
    )
    shown, code = Terminal(here, "init", "thu").answered(*map(str.encode, answers))
    assert code == 0, shown
    for told in (
        "Có phải “cpdt-1.0”?",
        "Ví dụ: ma-co-dau.",
        "[thu]",
        "Viết 2017-09-01.",
        "[Kiến trúc của UBND huyện: B]",
    ):
        assert told in shown
    head = api.load(here / "thu" / "architecture.yaml").architecture
    assert head is not None
    assert b"2020-12" in (here / "thu" / "kientruc.schema.json").read_bytes()
    assert (head.head.id, head.head.edition, head.cut_off.isoformat()) == ("huyen-b", "cpdt-1.0", "2017-09-01")
    assert (head.head.name, len(head.components)) == ("Kiến trúc của UBND huyện: B", 10)


@pytest.mark.parametrize("words", ["hôm nay", "Hôm nay", "today", "ho\u0302m nay"])
def test_today_is_understood_in_any_language(words: str) -> None:
    assert api.read_answer("cut-off", words) == api.read_answer("cut-off", "today")


def test_an_architecture_is_called_as_its_folder_is(here: Path) -> None:
    assert run(["init", "Tỉnh A", "--yes", "--cut-off", "2026-09-01"]) == 0
    loaded = api.load(here / "Tỉnh A" / "architecture.yaml")
    assert loaded.architecture and loaded.architecture.head.id == "tinh-a"


def test_who_leaves_the_questions_gets_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = list[str]()

    def leave(question: str) -> str:
        asked.append(question)
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", leave)
    assert run(["init", "thu", "--edition", "qgs-1425", "--lang", "en"]) == 3
    assert asked == ["Agency it belongs to [Cơ quan chủ quản (điền tên)]: "]
    assert files(here) == {}


def test_a_survey_becomes_the_first_elements_under_its_own_source(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "cu").mkdir()
    form = Province.made(here / "cu").form()
    form.put("systems", "", name="Đặt lịch khám", kind="Ứng dụng", operator="Sở Y tế", lifecycle="Đang vận hành")
    form.put("links", "", source="Đặt lịch khám", verb="Gửi dữ liệu tới", target="benh-an – Bệnh án điện tử")
    assert run(["init", "moi", "--from", str(form.save()), "--agency", "Tỉnh Mẫu", *DAY]) == 0
    told = capsys.readouterr()
    assert "1 kết nối tới hệ thống không có trong phiếu" in told.out
    loaded = api.load(here / "moi" / "architecture.yaml")
    assert loaded.findings == () and loaded.architecture is not None
    names = {one.name: one for one in loaded.architecture.elements.values()}
    assert set(names) == {"Bệnh án điện tử", "Kho dữ liệu y tế", "Đặt lịch khám"}
    assert {one.sources for one in names.values()} == {("phieu-so-yt",)}
    assert [(one.source_id, one.target) for one in loaded.architecture.relations] == [
        ("dat-lich-kham", "benh-an-dien-tu")
    ]
    assert b"phieu-so-yt:" in (here / "moi" / "architecture" / "nguon.yaml").read_bytes()
    assert {one.name for one in loaded.architecture.organisations.values()} >= {"Tỉnh Mẫu", "Sở Y tế", "Sở Tư pháp"}


@pytest.fixture(scope="module")
def form03(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mẫu 03 of a small province."""
    folder = tmp_path_factory.mktemp("mau03")
    (folder / "architecture.yaml").write_text(
        """\
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01, version: "0.2"}
organisations: {tinh: {name: UBND tỉnh}, so: {name: Sở A}}
states: {nay: {name: Nay, role: baseline}}
elements:
  lgsp: {kind: platform, name: Nền tảng, codes: {mau03: KT-02}, owner: so, places: {qgs-1425: t-ntl-1}, states: [nay]}
  mot-cua: {kind: application, name: Một cửa, codes: {mau03: KT-03}, owner: so, uses: [lgsp], states: [nay]}
contents:
  nd: {name: Nội dung, codes: {mau03: ND-01}, about: [mot-cua], now: Chưa có, required: Có}
tasks:
  nv: {name: Nhiệm vụ, codes: {mau03: NV-01}, covers: [nd], lead: so}
""",
        encoding="utf-8",
    )
    assert run(["export", "mau03", str(folder / "architecture.yaml"), "-o", str(folder / "mau-03.xlsx")]) == 0
    return folder / "mau-03.xlsx"


def test_a_form_03_comes_into_the_files_of_its_components(form03: Path, here: Path) -> None:
    assert run(["init", "moi", "--from", str(form03)]) == 0
    loaded = api.load(here / "moi" / "architecture.yaml")
    assert loaded.findings == () and loaded.architecture is not None
    found, alone = loaded.architecture, api.receive_form(form03).architecture
    assert alone is not None
    counts = {name: len(found.records[name]) for name in ("elements", "contents", "tasks", "organisations", "sources")}
    assert counts == {name: len(alone.records[name]) for name in counts}
    assert len(found.relations) == len(alone.relations)
    assert (found.head.id, found.head.version, found.cut_off) == (alone.head.id, "0.2", alone.cut_off)
    platform = next(one for one in found.elements.values() if one.name == "Nền tảng")
    span = platform.span()
    assert span is not None
    assert (platform.component, span.path) == ("l2", "architecture/03-du-lieu-va-nen-tang-cot-loi.yaml")
    assert (here / "moi" / "architecture" / "chua-xep.yaml").exists()
    assert run(["import", "mau03", str(form03), "-o", "rieng"]) == 0
    told = [api.form_changes(api.load(here / name / "architecture.yaml"), form03) for name in ("moi", "rieng")]
    split, alone_again = ((one.cells, one.new, one.gone, len(one.findings)) for one in told)
    assert split == alone_again  # nothing is said that the workbook does not say


def test_workbooks_that_cannot_be_taken_leave_no_folder(
    form03: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    shutil.copy(form03, here / "a.xlsx")
    assert run(["init", "moi", "--from", "hong.xlsx", *DAY]) == 3
    assert "hong.xlsx" in capsys.readouterr().err
    assert run(["init", "moi", "--from", "a.xlsx", "--from", "a.xlsx", *DAY]) == 2
    assert run(["init", "moi", "--from", "a.xlsx", "--edition", "cpdt-1.0"]) == 2
    assert "qgs-1425, huong-dan-2026" in capsys.readouterr().err
    assert run(["init", "moi", "--from", "khong-co.xlsx", *DAY]) == 2
    assert "a.xlsx, hong.xlsx" in capsys.readouterr().err
    assert sorted(files(here)) == ["a.xlsx", "hong.xlsx"]


def test_what_reads_workbooks_may_be_missing_and_is_named(
    form03: Path, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kientruc.api.beginning.find_spec", lambda name: None)
    assert run(["init", "moi", "--from", str(form03)]) == 2
    assert "kientruc[xlsx]" in capsys.readouterr().err


def test_the_workbook_is_asked_for_its_day_before_anybody_else(form03: Path) -> None:
    begun = begin({"id": "rieng"}, [form03])
    assert begun.loaded is not None and begun.loaded.architecture is not None
    assert (begun.loaded.architecture.head.id, begun.loaded.architecture.cut_off.isoformat()) == ("rieng", "2026-09-01")
    with pytest.raises(UsageError):
        begin({"edition": "qgs-1425"})


def test_the_commands_of_the_page_do_what_it_says(form03: Path, here: Path) -> None:
    (here / "cu").mkdir()
    form = Province.made(here / "cu").form()
    shutil.copy(form.save("so-a.xlsx"), here / "so-a.xlsx")
    shutil.copy(form.save("so-b.xlsx"), here / "so-b.xlsx")
    shutil.copy(form03, here / "mau-03.xlsx")
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    page = (ROOT / "docs" / "init.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", page, re.DOTALL)
    assert block
    commands = [shlex.split(line, comments=True) for line in block[1].splitlines()]
    assert [(words[0], run(words[1:])) for words in commands] == [("kientruc", 2), *(("kientruc", 0),) * 5]
    assert {"tinh-a", "tinh-b", "tinh-c", "tinh-d"} <= {path.name for path in here.iterdir()}
