"""A bundle holds what was read and nothing else, the same bytes every time; each change to it is told by name."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.bundle import read_bytes
from kientruc.bundle.pack import pack
from kientruc.cli import run
from kientruc.errors import OutputError
from tests.bundle.conftest import PART, ROOT, Members, edited, forged, made, unpacked

Verified = Callable[[Members | bytes], list[tuple[str, str]]]
PART_NAME = "sources/phan/ứng-dụng.yaml"


def test_a_bundle_holds_what_loading_read_and_nothing_else(sources: Path, data: bytes, verified: Verified) -> None:
    members = unpacked(data)
    assert list(members) == ["findings.json", "manifest.json", "sources/architecture.yaml", PART_NAME]
    assert members[PART_NAME] == (sources / "phan" / "ứng-dụng.yaml").read_bytes()
    manifest = json.loads(members["manifest.json"])
    assert rfc8785.dumps(manifest) == members["manifest.json"]
    assert manifest["sources"]["architecture.yaml"]["sha256"] == hashlib.sha256(ROOT.encode()).hexdigest()
    assert manifest["findings_sha256"] == hashlib.sha256(members["findings.json"]).hexdigest()
    assert manifest["architecture"] | {"model_sha256": ""} == {
        **{"id": "kt", "name": "Kiến trúc", "version": "0.2", "cut_off": "2017-09-13", "model_sha256": ""},
    }
    assert manifest["waiver_requests"] == [
        {
            **{"id": "xin", "requirement": "C10-LGSP-01", "subjects": ["mot-cua"]},
            **{"reason": "Chờ dự án 2018", "until": "2018-12-31"},
        }
    ]
    assert verified(data) == []


def test_the_same_input_gives_the_same_bytes_whatever_the_folder_and_the_hash_seed(
    sources: Path, data: bytes, tmp_path: Path
) -> None:
    other = tmp_path / "chỗ khác"
    shutil.copytree(sources, other)
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.zip"
        command = [sys.executable, "-m", "kientruc", "bundle", str(other / "architecture.yaml"), "-o", str(out)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True)
        assert out.read_bytes() == data


def test_rendered_files_are_held_to_their_hashes(sources: Path, verified: Verified) -> None:
    bundled = made(sources, "report")
    members = unpacked(bundled.data)
    report = next(name for name in members if name.endswith(".html"))
    assert verified(members) == []
    assert verified(members | {report: members[report].replace(b"<h1", b"<h2", 1)}) == [("B-HASH", report)]
    assert set(bundled.manifest.files) == {name.removeprefix("files/") for name in members if name.startswith("files/")}


def test_what_is_loaded_from_a_bundle_is_what_was_bundled(sources: Path, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    found = api.open_submission(path)
    here = api.load(sources / "architecture.yaml").architecture
    assert found.loaded.architecture is not None and here is not None
    assert (found.kind, found.sha256) == ("bundle", hashlib.sha256(data).hexdigest())
    assert api.model_sha256(found.loaded.architecture) == api.model_sha256(here)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x24F, exclude_characters='"\\'), min_size=1))
def test_any_name_makes_the_round_trip(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir(exist_ok=True)
    (folder / "phan").mkdir(exist_ok=True)
    (folder / "architecture.yaml").write_text(ROOT, encoding="utf-8")
    text = PART.replace("Một cửa điện tử", name)
    (folder / "phan" / "a.yaml").write_text(text, encoding="utf-8", newline="")
    loaded = api.load(folder / "architecture.yaml")
    if loaded.architecture is None:  # a letter that no name may hold: told when it is loaded, and nothing is bundled
        return
    path = folder / "a.zip"
    path.write_bytes(made(folder).data)
    again = api.open_submission(path).loaded.architecture
    assert again is not None and api.model_sha256(again) == api.model_sha256(loaded.architecture)


def _spans(data: bytes) -> dict[str, range]:
    """Give where in the ZIP the content of each file stands."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            start = entry.header_offset + 30 + len(entry.filename.encode())
            found[entry.filename] = range(start, start + entry.file_size)
    return found


def _changed(data: bytes, index: int, by: int) -> bytes:
    return data[:index] + bytes([data[index] ^ by]) + data[index + 1 :]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_of_a_file_is_told_by_its_name(data: bytes, draw: Any) -> None:
    name, span = draw.draw(st.sampled_from(sorted(_spans(data).items())))
    index = draw.draw(st.integers(span.start, span.stop - 1))
    found = read_bytes("a.zip", _changed(data, index, draw.draw(st.integers(1, 255)))).findings
    assert [(one.code, one.values["path"]) for one in found] == [("B-HASH", name)]


def test_every_byte_between_the_files_is_told_when_it_changes(data: bytes) -> None:
    inside = {index for span in _spans(data).values() for index in span}
    between = [index for index in range(len(data)) if index not in inside]
    assert len(between) > 400
    for index in between:
        for by in (1, 0x20, 0x80):
            assert read_bytes("a.zip", _changed(data, index, by)).findings, (index, by)


def test_a_file_that_goes_or_comes_is_told(data: bytes, verified: Verified) -> None:
    members = unpacked(data)
    less = {name: content for name, content in members.items() if name != PART_NAME}
    assert verified(less) == [("B-MISSING", PART_NAME)]
    assert verified(members | {"files/a.txt": b""}) == [("B-EXTRA", "files/a.txt")]
    assert verified(forged(members, "sources/thừa.yaml", b"")) == [("B-UNREAD", "thừa.yaml")]
    del members["manifest.json"]
    assert verified(members) == [("B-MISSING", "manifest.json")]


def test_a_changed_requirement_is_told_by_its_id(data: bytes, verified: Verified) -> None:
    members = unpacked(data)
    findings = json.loads(members["findings.json"])
    failed = next(one for one in findings["results"][0]["requirements"] if one["status"] == "fail")
    failed["status"] = "pass"
    assert verified(forged(members, "findings.json", _spelt(findings))) == [("B-OUTCOME", failed["id"])]
    failed["status"] = "fail"
    failed["outcomes"].pop()
    assert verified(forged(members, "findings.json", _spelt(findings))) == [("B-EVIDENCE", failed["id"])]
    findings["results"][0]["requirements"].remove(failed)
    assert verified(forged(members, "findings.json", _spelt(findings))) == [("B-OUTCOME", failed["id"])]


def test_a_changed_edition_is_told_by_its_id_with_both_hashes(data: bytes, verified: Verified) -> None:
    members = unpacked(data)

    def other(manifest: Any) -> None:
        manifest["editions"][0]["sha256"] = "0" * 64

    def unknown(manifest: Any) -> None:
        manifest["editions"].append({"id": "cpdt-9.9", "sha256": "0" * 64})

    assert verified(edited(members, other)) == [("B-EDITION", "cpdt-1.0")]
    assert verified(edited(members, unknown)) == [("B-EDITION", "cpdt-9.9")]


def test_sources_that_were_changed_with_their_hash_no_longer_give_the_findings(data: bytes, verified: Verified) -> None:
    members = unpacked(data)
    line = next(line for line in members[PART_NAME].splitlines(keepends=True) if b"role: lgsp" in line)
    less = members[PART_NAME].replace(line, b"")
    found = verified(forged(members, PART_NAME, less))
    assert ("B-TOLD", "architecture.model_sha256") in found
    assert {named for code, named in found if code in ("B-OUTCOME", "B-EVIDENCE")} >= {"C10-AT-01", "C10-TC-03"}
    broken = verified(forged(members, PART_NAME, b"elements: ["))
    assert [code for code, _ in broken][:1] == ["B-LOAD"] and len(broken) > 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "Kiến trúc khác"), ("version", None), ("cut_off", "2017-09-14"), ("id", "khac")],
)
def test_what_the_manifest_says_of_the_architecture_is_held_to_the_sources(
    data: bytes, verified: Verified, field: str, value: str | None
) -> None:
    def edit(manifest: Any) -> None:
        manifest["architecture"][field] = value

    assert verified(edited(unpacked(data), edit)) == [("B-TOLD", f"architecture.{field}")]


def test_a_request_the_sources_do_not_hold_is_told(data: bytes, verified: Verified) -> None:
    def edit(manifest: Any) -> None:
        manifest["waiver_requests"][0]["reason"] = "khác"

    assert verified(edited(unpacked(data), edit)) == [("B-TOLD", "waiver_requests.xin")]


def test_a_bundle_of_another_version_of_the_tool_is_noted_and_still_compared(data: bytes, verified: Verified) -> None:
    def edit(manifest: Any) -> None:
        manifest["tool"] = "kientruc 0.0.1"

    members = edited(unpacked(data), edit)
    assert verified(members) == [("B-TOOL", "")]
    findings = json.loads(members["findings.json"]) | {"tool": "kientruc 0.0.1"}
    assert verified(forged(members, "findings.json", _spelt(findings))) == [("B-TOOL", "")]


def test_findings_that_are_spelt_otherwise_or_hold_a_key_twice_are_told(data: bytes, verified: Verified) -> None:
    members = unpacked(data)
    findings = members["findings.json"]
    twice = b'{"results":[],' + findings[1:]
    assert json.loads(twice) == json.loads(findings)
    for content in (twice, findings + b"\n", twice.replace(b'"tool":"kientruc ', b'"tool":"kientruc x')):
        assert verified(forged(members, "findings.json", content)) == [("B-FINDINGS", "json")]


def test_sources_that_change_while_they_are_bundled_stop_it(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    shutil.copytree(sources, folder)
    root = folder / "architecture.yaml"
    loaded = api.load(root)
    reports = api.check_all(loaded)
    root.write_text(ROOT + "# khác\n", encoding="utf-8")
    with pytest.raises(OutputError) as found:
        api.bundle(loaded, root, reports)
    assert (found.value.key, found.value.values["path"]) == ("bundle.changed", "architecture.yaml")


def test_the_commands_end_with_their_class(
    sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    root = str(sources / "architecture.yaml")
    assert run(["bundle", root, "-o", "a.txt"]) == 2
    assert run(["bundle", root, "-o", "a.zip", "--with", "tranh"]) == 2
    assert run(["bundle", root, "-o", "a.zip"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]
    assert run(["verify", "a.zip"]) == 0
    assert run(["verify", "b.zip"]) == 2
    Path("b.zip").write_bytes(_changed(Path("a.zip").read_bytes(), _spans(Path("a.zip").read_bytes())[PART_NAME][9], 1))
    capsys.readouterr()
    assert run(["verify", "b.zip", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert PART_NAME in said and "1. Whole: NO" in said and "3. Checked again from the sources: not done" in said
    Path("b.zip").write_bytes(b"PK\x03\x04")
    assert run(["verify", "b.zip"]) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


def test_the_json_tells_the_three_answers(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert run(["verify", str(path), "--format", "json", "--no-rerun"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {key: found[key] for key in ("whole", "seal", "sealed_by", "same", "holds", "findings")} == {
        **{"whole": "yes", "seal": "not-asked", "sealed_by": None, "same": "not-asked", "holds": True, "findings": []},
    }
    assert found["manifest"] == json.loads(unpacked(data)["manifest.json"])


def test_diff_and_show_take_a_bundle_for_a_version(
    sources: Path, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, folder = tmp_path / "lan-1.zip", tmp_path / "lan-2"
    old.write_bytes(data)
    shutil.copytree(sources, folder)
    part = folder / "phan" / unicodedata.normalize("NFC", "ứng-dụng.yaml")
    part.write_text(PART.replace("Một cửa điện tử", "Một cửa số"), encoding="utf-8")
    assert run(["diff", str(old), str(folder), "--exit-code"]) == 1
    assert "Một cửa số" in capsys.readouterr().out
    assert run(["show", "mot-cua", str(folder / "architecture.yaml"), "--before", str(old)]) == 0
    assert "Một cửa điện tử" in capsys.readouterr().out
    old.write_bytes(data[:-30])
    assert run(["diff", str(old), str(folder)]) == 3
    assert f"{old}: " in capsys.readouterr().out


def test_50_mb_are_verified_without_a_rerun_in_less_than_5_seconds(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    members = unpacked(data)
    for number in range(10):
        members = forged(members, f"files/{number}.bin", bytes([number]) * 5_000_000)
    path.write_bytes(pack(members))
    start = time.process_time()
    assert api.verify(path, rerun=False).holds
    assert time.process_time() - start < 5


def _spelt(findings: Any) -> bytes:
    return rfc8785.dumps(findings) + b"\n"
