"""Bundles of strangers, rows 24 to 27: each refused with its code, soon, and before anything of it is used."""

from __future__ import annotations

import io
import json
import struct
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kientruc import api
from kientruc.bundle import read_bytes
from kientruc.bundle.pack import pack
from kientruc.canonical import canonical
from kientruc.reading.archive_limits import ArchiveLimits

HASH = "0" * 64
MANIFEST = {
    "format": "kientruc-bundle/1",
    "tool": "kientruc",
    "architecture": {"id": "kt", "name": "Kiến trúc", "version": None, "cut_off": "2017-09-13", "model_sha256": HASH},
    **{"editions": [], "on": "2017-09-13", "root": "architecture.yaml", "sources": {}, "files": {}},
    **{"findings_sha256": HASH, "waiver_requests": []},
}


def zipped(*entries: tuple[zipfile.ZipInfo | str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return stream.getvalue()


def codes(data: bytes, limits: ArchiveLimits | None = None) -> list[str]:
    """Give the codes of what is wrong, which is told soon."""
    start = time.process_time()
    opened = read_bytes("a.zip", data, limits) if limits else read_bytes("a.zip", data)
    assert time.process_time() - start < 2
    return [one.code for one in opened.findings]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../a.yaml",
            "sources/../../a.yaml",
            "/etc/passwd",
            "C:/a.yaml",
            "C:a.yaml",
            "\\\\may\\a.yaml",
            "a\\..\\b.yaml",
        ),
        *(
            "sources//a.yaml",
            "sources/./a.yaml",
            "sources/",
            "sources/con.yaml",
            "sources/a.yaml.",
            "sources/a%2e.yaml",
        ),
        *("sources/" + "a" * 300 + ".yaml", unicodedata.normalize("NFD", "sources/ứng.yaml"), "sources/a\u202eb.yaml"),
    ],
)
def test_row_24_no_name_in_a_bundle_leads_out_of_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "trong"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "a.zip").write_bytes(zipped((name, b"x"), ("manifest.json", canonical(MANIFEST))))
    opened = api.open_submission(Path("a.zip"))
    assert [one.code for one in opened.loaded.findings] == ["B-NAME"] and opened.loaded.refused
    assert [path.name for path in tmp_path.rglob("*")] == ["trong", "a.zip"]


def test_row_25_a_link_in_a_bundle_is_refused() -> None:
    link = zipfile.ZipInfo("sources/architecture.yaml")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    assert codes(zipped((link, b"/etc/passwd"))) == ["B-LINK"]


def test_row_26_a_bundle_that_grows_is_refused_before_it_does() -> None:
    assert codes(zipped(("files/a", b"\0" * 50_000_000), how=zipfile.ZIP_DEFLATED)) == ["B-BOMB"]
    assert codes(zipped(("files/a", b"x" * 2_000)), ArchiveLimits(inflated=1_000)) == ["B-BOMB"]
    many = zipped(*((f"files/{number}", b"") for number in range(10_001)))
    assert codes(many) == ["B-BOMB"]


def test_row_26_100_000_entries_are_counted_before_they_are_listed() -> None:
    line = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 100_000 * len(line), 0, 0)
    assert codes(line * 100_000 + end) == ["B-BOMB"]


def test_row_26_sizes_that_lie_are_told_by_the_name_of_the_file() -> None:
    data = bytearray(zipped(("manifest.json", canonical(MANIFEST)), ("sources/a.yaml", b"x" * 100)))
    place = data.rindex(b"PK\x01\x02")
    for size in (1, 99, 101, 1_000_000):
        data[place + 20 : place + 28] = struct.pack("<2L", size, size)
        opened = read_bytes("a.zip", bytes(data))
        assert ("B-HASH", "sources/a.yaml") in [(one.code, one.values.get("path")) for one in opened.findings]


def test_row_26_two_files_in_one_place_are_told() -> None:
    data = bytearray(zipped(("files/a", b"xy"), ("files/b", b"xy")))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    assert set(codes(bytes(data))) == {"B-HASH"}


def test_row_26_a_bundle_in_a_bundle_is_a_file_like_any_other() -> None:
    inner = zipped(("../a", b"\0" * 5_000_000), how=zipfile.ZIP_DEFLATED)
    assert codes(zipped(("files/a.zip", inner), ("manifest.json", canonical(MANIFEST)))) == ["B-EXTRA", "B-MISSING"]


def test_row_27_two_files_of_one_name_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(("sources/a.yaml", b"a"), ("sources/a.yaml", b"b"))
    assert codes(twice) == ["B-DUP"]
    assert codes(zipped(("sources/a.yaml", b"a"), ("sources/A.yaml", b"b"))) == ["B-DUP"]
    forms = (unicodedata.normalize(form, "sources/Ứng.yaml") for form in ("NFC", "NFD"))
    assert codes(zipped(*((name, b"") for name in forms))) == ["B-DUP"]


def test_a_password_is_refused() -> None:
    data = bytearray(zipped(("manifest.json", b"{}")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(data)) == ["B-LOCKED"]


def test_what_is_cut_short_or_no_zip_is_refused() -> None:
    whole = pack({"manifest.json": canonical(MANIFEST), "findings.json": b"{}"})
    assert all(codes(whole[:size]) == ["B-ZIP"] for size in range(len(whole)))
    assert codes(b"PK\x05\x06") == ["B-ZIP"]
    assert codes(b"%PDF-1.7") == ["B-ZIP"]


def test_what_is_put_before_behind_or_between_the_files_is_told(sound: bytes) -> None:
    assert codes(sound) == []
    assert codes(b"#!/bin/sh\n" + sound) == ["B-PACKED"]
    assert codes(sound + b"\0") in (["B-PACKED"], ["B-ZIP"])
    members = zipfile.ZipFile(io.BytesIO(sound))
    again = [(name, members.read(name)) for name in members.namelist()]
    assert codes(zipped(*again)) == ["B-PACKED"]  # of another day
    assert codes(zipped(*again, how=zipfile.ZIP_DEFLATED)) == ["B-PACKED"]
    stream = io.BytesIO(sound)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"xin"
    assert codes(stream.getvalue()) == ["B-PACKED"]


@pytest.fixture
def sound() -> bytes:
    findings = b"{}"
    import hashlib

    manifest = MANIFEST | {"findings_sha256": hashlib.sha256(findings).hexdigest()}
    return pack({"manifest.json": canonical(manifest), "findings.json": findings})


CANONICAL = canonical(MANIFEST)


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (b"", "B-MANIFEST"),
        (b"[]", "B-MANIFEST"),
        (b"\xff\xfe{}", "B-MANIFEST"),
        (CANONICAL + b"\n", "B-MANIFEST"),
        (json.dumps(MANIFEST, ensure_ascii=False).encode(), "B-MANIFEST"),  # blanks, another order
        (json.dumps(MANIFEST, separators=(",", ":"), sort_keys=True).encode(), "B-MANIFEST"),  # letters as \u
        (CANONICAL.replace(b'"files":{}', b'"files":{},"files":{}'), "B-MANIFEST"),
        (
            CANONICAL.replace(b'"files":{}', b'"files":{"a":{"bytes":1e400,"sha256":"%s"}}' % HASH.encode()),
            "B-MANIFEST",
        ),
        (
            CANONICAL.replace(
                b'"files":{}', b'"files":{"a":{"bytes":%s,"sha256":"%s"}}' % (b"9" * 5_000, HASH.encode())
            ),
            "B-MANIFEST",
        ),
        (CANONICAL.replace(b'"files":{}', b'"files":{"a":{"bytes":-1,"sha256":"%s"}}' % HASH.encode()), "B-MANIFEST"),
        (CANONICAL.replace(b'"files":{}', b'"files":' + b"[" * 100_000), "B-MANIFEST"),
        (CANONICAL.replace(b'"files":{}', b'"files":' + b'{"a":' * 500 + b"{}" + b"}" * 500), "B-MANIFEST"),
        (CANONICAL.replace(b"2017-09-13", b"2017-02-31"), "B-MANIFEST"),
        (CANONICAL.replace(b'"tool":"kientruc"', b'"tool":"\\ud800"'), "B-MANIFEST"),
        (canonical(MANIFEST | {"packs": []}), "B-MANIFEST"),
        (canonical(MANIFEST | {"format": "kientruc-bundle/2", "new": 1}), "B-FORMAT"),
    ],
)
def test_a_manifest_that_is_not_exactly_ours_is_refused(manifest: bytes, code: str) -> None:
    assert codes(pack({"manifest.json": manifest, "findings.json": b"{}"})) == [code]


def test_paths_of_a_manifest_reach_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "architecture.yaml").write_text("format: kientruc/1\n", encoding="utf-8")
    for root in ("architecture.yaml", "../architecture.yaml", str(tmp_path / "architecture.yaml")):
        data = pack({"manifest.json": canonical(MANIFEST | {"root": root}), "findings.json": b"{}"})
        Path("a.zip").write_bytes(data)
        found = api.verify(Path("a.zip"))
        assert found.same.value == "no" and {"B-LOAD"} < {one.code for one in found.findings}
        assert any(one.code in ("I-MISSING", "I-PATH") for one in found.findings)


def test_a_path_in_a_bundle_that_is_a_link_or_a_folder_is_not_opened(tmp_path: Path, sound: bytes) -> None:
    (tmp_path / "thật.zip").write_bytes(sound)
    (tmp_path / "a.zip").symlink_to(tmp_path / "thật.zip")
    found = api.open_submission(tmp_path / "a.zip")
    assert [one.code for one in found.loaded.findings] == ["I-LINK"] and found.loaded.refused


@pytest.mark.parametrize(
    "findings",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b'{"results":1}',
        b'{"tool":"a","limits":{},"results":[]}',
        b"\xff",
        b'"' + b"9" * 9_000,
    ],
)
def test_findings_that_are_none_are_told(findings: bytes, verify_findings: Callable[[bytes], set[str]]) -> None:
    assert verify_findings(findings) in ({"B-FINDINGS"}, {"B-EDITION"})  # the latter: it has no results of the edition


@pytest.fixture
def verify_findings(tmp_path: Path) -> Callable[[bytes], set[str]]:
    from tests.bundle.conftest import PART, ROOT, forged, made, unpacked

    (tmp_path / "phan").mkdir()
    (tmp_path / "architecture.yaml").write_text(ROOT, encoding="utf-8")
    (tmp_path / "phan" / "a.yaml").write_text(PART, encoding="utf-8")
    members = unpacked(made(tmp_path).data)

    def verify(findings: bytes) -> set[str]:
        path = tmp_path / "a.zip"
        path.write_bytes(pack(forged(members, "findings.json", findings)))
        return {one.code for one in api.verify(path).findings}

    return verify
