"""A small bundle, and what somebody makes of it who wants to deceive: each change as thorough as they like."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kientruc import api
from kientruc.bundle.pack import pack
from kientruc.canonical import canonical

ROOT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13, version: "0.2"}
include: [phan/*.yaml]
"""
PART = """\
organisations: {tinh: {name: Tỉnh}}
elements:
  lgsp: {kind: platform, role: lgsp, name: "Nền tảng chia sẻ"}
  mot-cua: {kind: application, name: "Một cửa điện tử"}
waiver_requests:
  xin: {requirement: C10-LGSP-01, subjects: [mot-cua], reason: "Chờ dự án 2018", until: 2018-12-31}
"""
Members = dict[str, bytes]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nguon")
    (folder / "phan").mkdir()
    (folder / "architecture.yaml").write_text(ROOT, encoding="utf-8")
    (folder / "phan" / "ứng-dụng.yaml").write_bytes(b"\xef\xbb\xbf" + PART.replace("\n", "\r\n").encode())
    (folder / "phan" / "ghi-chu.txt").write_text("không được đọc", encoding="utf-8")
    return folder


def made(folder: Path, *parts: str, key: Path | None = None) -> api.Bundled:
    root = folder / "architecture.yaml"
    loaded = api.load(root)
    return api.bundle(loaded, root, api.check_all(loaded), parts, key)


@pytest.fixture(scope="session")
def data(sources: Path) -> bytes:
    return made(sources).data


def unpacked(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(members: Members, edit: Callable[[Any], None]) -> Members:
    """Edit the manifest, which stays canonical."""
    manifest = json.loads(members["manifest.json"])
    edit(manifest)
    return members | {"manifest.json": canonical(manifest)}


def forged(members: Members, name: str, content: bytes) -> Members:
    """Put a file in the place of another, and its hash into the manifest."""
    sha256 = hashlib.sha256(content).hexdigest()

    def edit(manifest: Any) -> None:
        if name == "findings.json":
            manifest["findings_sha256"] = sha256
        else:
            section, _, path = name.partition("/")
            manifest[section][path] = {"sha256": sha256, "bytes": len(content)}

    return edited(members | {name: content}, edit)


@pytest.fixture
def verified(tmp_path: Path) -> Callable[[Members | bytes], list[tuple[str, str]]]:
    """Give what verifying a bundle tells: codes, each with what it names."""

    def verify(bundle: Members | bytes) -> list[tuple[str, str]]:
        path = tmp_path / "a.zip"
        path.write_bytes(bundle if isinstance(bundle, bytes) else pack(bundle))
        return [told(one.code, one.values) for one in api.verify(path).findings]

    return verify


def told(code: str, values: dict[str, str]) -> tuple[str, str]:
    keys = ("path", "requirement", "edition", "field", "found")
    return code, next((values[key] for key in keys if key in values), "")
