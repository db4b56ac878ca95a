"""What lies in the folder of whoever follows a page of the documentation, by the name that the page gives it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from kientruc.cli import run

ROOT = Path(__file__).resolve().parent.parent
SMALL = """\
format: kientruc/1
architecture:
  {id: tinh-nho, name: Tỉnh nhỏ, agency: ubnd-tinh, edition: cpdt-1.0, cut_off: 2017-09-13, version: "0.2"}
organisations:
  ubnd-tinh: {name: Ủy ban nhân dân tỉnh, access: public}
  so-tttt: {name: Sở Thông tin và Truyền thông}
  so-yt: {name: Sở Y tế}
  bo-tttt: {name: Bộ Thông tin và Truyền thông}
components:
  chia-se-tich-hop: {order: 1, name: Chia sẻ và tích hợp, maps: {cpdt-1.0: [chia-se-tich-hop]}}
states:
  hien-trang: {role: baseline, name: Hiện trạng}
  muc-tieu: {role: target, name: Mục tiêu}
elements:
  lgsp:
    kind: platform
    role: lgsp
    name: Nền tảng chia sẻ
    component: chia-se-tich-hop
    owner: so-tttt
    security_level: 3
    states: [muc-tieu]
  mot-cua:
    kind: application
    name: Một cửa điện tử
    owner: so-yt
    security_level: {unknown: chưa lập hồ sơ cấp độ, ask: so-yt, by: 2017-12-31}
    states: [hien-trang, muc-tieu]
    uses: [lgsp]
versions:
  ban-1: {number: "0.1", date: 2017-06-27}
  ban-2: {number: "0.2", date: 2017-09-13}
hearings:
  hop-2017-09-13: {name: Cuộc họp lần hai, order: 2, date: 2017-09-13, version: ban-2}
rounds:
  lay-y-kien: {name: Lấy ý kiến các sở, order: 1, version: ban-1, bodies: [so-yt], until: 2017-08-31}
comments:
  yk-1: {round: lay-y-kien, from: so-yt, text: Bổ sung kinh phí}
path:
  thong-qua: {name: Thông qua, order: 1, actor: ubnd-tinh, state: running, hearing: hop-2017-09-13}
  tham-dinh: {name: Thẩm định, order: 2, actor: bo-tttt, state: pending}
tasks:
  xay-lgsp: {name: Xây dựng nền tảng, lead: so-tttt, delivers: lgsp, period: {from: 2018, until: 2018}}
"""
BEFORE = SMALL.replace('"0.2"}', '"0.1"}').replace("owner: so-tttt\n    security_level: 3", "owner: ubnd-tinh")
WAIVERS = "format: kientruc-waivers/1\nwaivers: {}\n"


class Stage(Protocol):
    """Lays out a folder that the current one is."""

    def __call__(self, folder: Path) -> None: ...


def empty(folder: Path) -> None:
    """Lay out nothing."""


def province(folder: Path) -> None:
    """Lay out this repository as it was cloned, with the real province and the made-up one, and one commit before."""
    shutil.copytree(ROOT / "architecture", folder / "architecture")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copy(ROOT / "architecture.yaml", folder)
    _commit(folder, "lan-1")
    with (folder / "architecture.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# sửa tiếp\n")
    _commit(folder, "lan-2")


def small(folder: Path) -> None:
    """Lay out a small province, an earlier version of it in a folder, and what a reviewer keeps."""
    _write(folder / "architecture.yaml", SMALL)
    _write(folder / "du-thao" / "lan-2" / "architecture.yaml", BEFORE)
    _write(folder / "mien-tru.yaml", WAIVERS)


def versions(folder: Path) -> None:
    """Lay out a small province whose versions are commits, tags, folders, and a root elsewhere in the repository."""
    _write(folder / "du-an" / "architecture.yaml", BEFORE)
    _write(folder / "architecture.yaml", BEFORE.replace('"0.1"', '"0.0"'))
    _commit(folder, "lan-1")
    _write(folder / "architecture.yaml", BEFORE)
    _commit(folder, "lan-2")
    _write(folder / "architecture.yaml", SMALL)
    _commit(folder, "lan-3")
    for name, text in (("ban-1", BEFORE), ("ban-2", SMALL)):
        _write(folder / name / "architecture.yaml", text)


def bundles(folder: Path) -> None:
    """Lay out a small province and two bundles of it."""
    for name, text in (("lan-1.zip", BEFORE), ("lan-2.zip", SMALL)):
        _write(folder / "architecture.yaml", text)
        assert run(["bundle", "-o", name]) == 0


def forms(folder: Path) -> None:
    """Lay out a small province with local codes still to be given, a workbook of another, and a template."""
    _write(folder / "architecture.yaml", SMALL)
    _write(folder / "trong.yaml", SMALL.partition("components:")[0])
    for name, model in (("tinh-khac.xlsx", "architecture.yaml"), ("mau-cua-tinh.xlsx", "trong.yaml")):
        assert run(["export", "mau03", model, "-o", name]) == 0


def pack(folder: Path) -> None:
    """Lay out a small province and the pack that the page of editions shows whole."""
    _write(folder / "architecture.yaml", SMALL)
    page = (ROOT / "docs" / "editions.md").read_text(encoding="utf-8")
    for name, content in re.findall(r"<!-- file (\S+) -->\s*```yaml\n(.*?)```", page, re.DOTALL):
        _write(folder / "goi-cua-toi" / name, content)


def received(folder: Path) -> None:
    """Lay out a folder with two submissions."""
    for name in ("tinh-a", "tinh-b"):
        _write(folder / "ho-so-nhan" / name / "architecture.yaml", SMALL.replace("tinh-nho", name))


def handed(folder: Path) -> None:
    """Lay out what a reviewer received: bundles of two provinces, an earlier one of the first, and their own."""
    other = SMALL.replace("tinh-nho", "tinh-b")
    for name, text in (("nhan/tinh-nho", SMALL), ("nhan/tinh-b", other), ("truoc/tinh-nho", BEFORE)):
        _write(folder / "nguon" / "architecture.yaml", text)
        (folder / name).parent.mkdir(exist_ok=True)
        assert run(["bundle", "nguon", "-o", f"{name}.zip"]) == 0
    _write(folder / "tham-dinh" / "waivers.yaml", WAIVERS)


STAGES: Mapping[str, Stage] = MappingProxyType(
    {stage.__name__: stage for stage in (empty, province, small, versions, bundles, forms, pack, received, handed)}
)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _commit(folder: Path, tag: str) -> None:
    who = (
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@invalid",
        "-c",
        "core.hooksPath=.none",
        "-c",
        "commit.gpgsign=false",
    )
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", tag), ("tag", tag)):
        subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)
