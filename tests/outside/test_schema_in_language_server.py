"""Our schema in the server of Red Hat's YAML extension, over stdio: what a consultant sees in VS Code while typing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from kientruc import api
from kientruc.cli import run
from tests.outside.language_server import Json, LanguageServer

pytestmark = pytest.mark.outside
ROOT = Path(__file__).parent.parent.parent
FIRST = "# yaml-language-server: $schema=kientruc.schema.json\n"
APPLICATION = "elements:\n  thu:\n    kind: application\n    name: Thử\n"
PORTAL = "03-dich-vu-cong-ttdt"
NUMBERS = count()
# A file of the province, what is misspelt in it, how, what is then marked, and how its message begins.
SLIPS = (
    (PORTAL, "source: portal-2017-09-13", "source: portal-2017-09-1", "portal-2017-09-1", "Không có nguồn"),
    (PORTAL, "component: dich-vu-cong-ttdt", "component: dich-vu-cong", "dich-vu-cong", "Không có thành phần chính"),
    ("02-kenh-truy-cap", "{to: cong-ttdt,", "{to: cong-ttd,", "cong-ttd", "Không có thành phần mang mã này"),
    (PORTAL, "kind: application", "kind: aplication", "aplication", "Chỉ nhận một trong: user_group, "),
    (PORTAL, "role: portal", "role: portl", "portl", "Chỉ nhận một trong: agent_node, "),
    (PORTAL, "muc-tieu: unknown}", "muc-tieu: unknow}", "unknow", "Chỉ nhận một trong: present, "),
    (PORTAL, "[dich-vu-cong-thong-tin]", "[dich-vu-cong-tt]", "dich-vu-cong-tt", "Chỉ nhận một trong: nguoi-su-dung"),
    (PORTAL, "as_of: 2017-09-13", "as_of: 13/9/2017", "13/9/2017", "Phải là một ngày có thật"),
    (PORTAL, "name: Cổng thông tin điện tử tỉnh", "name: 12", "12", "Phải là chữ"),
    (PORTAL, "    name: Cổng thông tin điện tử tỉnh\n", "", "cong-ttdt", "Thiếu khóa bắt buộc `name` (tên)"),
    (PORTAL, "name_en: Portal services", "name_eng: x", "name_eng", "Không có khóa này ở đây"),
    (PORTAL, "  cong-ttdt:", "  Cong-TTDT:", "Cong-TTDT", "Mã chỉ gồm chữ a–z"),
    ("muc-tieu", "goals:", "goal:", "goal", "Không có khóa này ở đây. Các khóa được viết: format, "),
)  # fmt: skip
# What is typed, `|` where the cursor stands; a label that is proposed there, and what is said of it.
TYPED = (
    (f"{APPLICATION}    owner: |\n", "so-tttt", "Sở Thông tin và Truyền thông"),
    (f"{APPLICATION}    owner: so-|\n", "so-tttt", "Sở Thông tin và Truyền thông"),
    (f"{APPLICATION}    owner: {{u|}}\n", "unknown", "chưa biết, vì sao: chữ. Bắt buộc."),
    (f"{APPLICATION}    component: |\n", "ha-tang-ky-thuat", "Hạ tầng kỹ thuật"),
    (f"{APPLICATION}    uses: |\n", "cong-ttdt", "Cổng thông tin điện tử tỉnh"),
    (f"{APPLICATION}    uses: [|]\n", "cong-ttdt", "Cổng thông tin điện tử tỉnh"),
    (f"{APPLICATION}    uses: [cong|]\n", "cong-ttdt", "Cổng thông tin điện tử tỉnh"),
    (f"{APPLICATION}    uses:\n      - to: |\n", "cong-ttdt", "Cổng thông tin điện tử tỉnh"),
    (f"{APPLICATION}    states: [|]\n", "hien-trang", "Hiện trạng đến ngày 13/9/2017"),
    (f"{APPLICATION}    states: {{hien-trang: |}}\n", "unknown", "chưa biết"),
    (f"{APPLICATION}    treatment: |\n", "upgrade", "nâng cấp, mở rộng"),
    (f"{APPLICATION}    places:\n      cpdt-1.0: |\n", "kenh-truy-cap", "Kênh giao tiếp, kênh truy cập"),
    (f"{APPLICATION}    |\n", "security_level", "cấp độ an toàn thông tin: "),
    (f"{APPLICATION}    |\n", "uses", "sử dụng: mã của thành phần; nhiều đích thì viết [a, b]"),
    ("elements:\n  thu:\n    kind: |\n    name: Thử\n", "application", "ứng dụng"),
    ("|\n", "elements", "thành phần: dưới mỗi mã là một nhóm khóa. Bắt buộc có: name (tên), kind (loại)."),
    ("tasks:\n  thu:\n    name: Thử\n    covers: [|]\n", "ud-lanh-dao", ""),
    ("sourcing:\n  thu:\n    form: |\n", "lease", "thuê"),
)  # fmt: skip


@pytest.fixture(scope="session")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("yaml-language-server")
    npm, node = shutil.which("npm"), shutil.which("node")
    assert npm and node, "Node and npm are needed for this test"
    quiet = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
    subprocess.run([npm, "install", *quiet, "yaml-language-server@2.0.0"], cwd=folder, check=True, timeout=300)
    return [node, str(folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"), "--stdio"]


def files(folder: Path) -> list[Path]:
    return [folder / "architecture.yaml", *sorted(folder.glob("*/*.yaml"))]


def prepared(source: Path, inner: str, folder: Path) -> Path:
    """Copy an architecture, with its schema, every file naming it in its first line."""
    shutil.copytree(source / inner, folder / inner)
    shutil.copy(source / "architecture.yaml", folder)
    assert run(["schema", str(folder), "--to", str(folder / api.SCHEMA_FILE)]) == 0
    for path in files(folder):
        relative = "../" * (len(path.relative_to(folder).parts) - 1) + api.SCHEMA_FILE
        path.write_text(api.with_modeline(path.read_text(encoding="utf-8"), relative), encoding="utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(ROOT, "architecture", tmp_path_factory.mktemp("tỉnh có dấu"))


@pytest.fixture(scope="module")
def server(command: list[str], province: Path) -> Iterator[LanguageServer]:
    with LanguageServer(command, province) as started:
        yield started


def marked(text: str, found: Json) -> str:
    """Give what a diagnostic marks; it is within one line."""
    start, end = found["range"]["start"], found["range"]["end"]
    assert start["line"] == end["line"]
    return str(text.split("\n")[start["line"]][start["character"] : end["character"]])


def typed(server: LanguageServer, folder: Path, text: str) -> tuple[Path, int, int]:
    """Open a new file with a text, and give it with the place of its cursor."""
    before, _, after = f"{FIRST}{text}".partition("|")
    path = folder / f"go-{next(NUMBERS)}.yaml"
    server.open(path, before + after)
    return path, before.count("\n"), len(before.rpartition("\n")[2])


def test_nothing_is_wrong_in_any_file_of_the_province(server: LanguageServer, province: Path) -> None:
    found = {path.name: server.open(path) for path in files(province)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) > 20


def test_nothing_is_wrong_in_any_file_of_the_sample_and_its_codes_are_proposed(
    command: list[str], tmp_path: Path
) -> None:
    folder = prepared(ROOT / "examples" / "tinh-mau", "kien-truc", tmp_path)
    with LanguageServer(command, folder) as server:
        found = {path.name: server.open(path) for path in files(folder)}
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        told = server.complete(*typed(server, folder, f"{APPLICATION}    codes: {{pl2: |}}\n"))
    assert "a01" in told


@pytest.mark.parametrize(("name", "right", "wrong", "at", "message"), SLIPS, ids=[slip[2].strip() for slip in SLIPS])
def test_a_slip_is_told_once_in_vietnamese_where_it_stands(
    server: LanguageServer, province: Path, name: str, right: str, wrong: str, at: str, message: str
) -> None:
    text = (province / "architecture" / f"{name}.yaml").read_text(encoding="utf-8")
    assert right in text
    text = text.replace(right, wrong, 1)
    found = server.open(province / "architecture" / f"lan-{next(NUMBERS)}.yaml", text)
    assert [(marked(text, one), one["message"][: len(message)]) for one in found] == [(at, message)]


def test_the_message_of_an_id_says_what_is_allowed_and_where(server: LanguageServer, province: Path) -> None:
    text = f"{FIRST}sourcing:\n  thu: {{form: lease, of: khong-co}}\n{APPLICATION}    assigned_to: khong-co\n"
    found = server.open(province / "hai-ma.yaml", text)
    assert {one["message"].partition(". ")[0] for one in found} == {
        "Không có bản ghi nào mang mã này",
        "Không có thành phần, cơ quan, đơn vị mang mã này",
    }


@pytest.mark.parametrize(
    ("text", "label", "said"), TYPED, ids=[one[0].rpartition("\n    ")[2].strip() for one in TYPED]
)
def test_what_may_stand_at_the_cursor_is_proposed_with_its_name(
    server: LanguageServer, province: Path, text: str, label: str, said: str
) -> None:
    found = server.complete(*typed(server, province, text))
    assert label in found
    told = found[label].get("documentation", "")
    assert (told["value"] if isinstance(told, dict) else told).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{APPLICATION}    ow|ner: so-tttt\n", ("#### chủ quản", "* `so-tttt`: Sở Thông tin và Truyền thông")),
        (f"{APPLICATION}    uses: [cong-|ttdt]\n", ("* `cong-ttdt`: Cổng thông tin điện tử tỉnh",)),
        ("ele|ments:\n  a: {kind: application, name: A}\n", ("#### thành phần", "dưới mỗi mã là một nhóm khóa")),
        (APPLICATION.replace("kind", "ki|nd"), ("#### loại", "* `application`: ứng dụng")),
        (f"{APPLICATION}    security_le|vel: 3\n", ("#### cấp độ an toàn thông tin",)),
        (
            f"{APPLICATION}    security_le|vel: {{unknown: x}}\n",
            ("#### cấp độ an toàn thông tin\n", "Chưa ai biết: vì sao, ai trả lời, trước ngày nào."),
        ),
    ],
)
def test_what_is_pointed_at_is_explained_in_vietnamese(
    server: LanguageServer, province: Path, text: str, said: tuple[str, ...]
) -> None:
    told = server.hover(*typed(server, province, text))
    assert [words for words in said if words not in told] == []


def test_an_id_that_was_just_declared_is_known_after_the_next_check(server: LanguageServer, province: Path) -> None:
    declared = province / "architecture" / "12-do-thi-thong-minh.yaml"
    uses = f"{FIRST}{APPLICATION}    uses: [moi]\n"
    assert len(server.open(province / "truoc.yaml", uses)) == 1
    text = declared.read_text(encoding="utf-8").replace(
        "\nelements:\n", "\nelements:\n  moi: {kind: platform, name: Mới}\n"
    )
    declared.write_text(text, encoding="utf-8")
    run(["check", str(province), "--fail-on", "never"])
    changed = {"uri": (province / api.SCHEMA_FILE).as_uri(), "type": 2}
    server.tell("workspace/didChangeWatchedFiles", changes=[changed])
    assert server.open(province / "sau.yaml", uses) == []
