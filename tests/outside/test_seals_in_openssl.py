"""Seals and keys in somebody else's program: OpenSSL reads our keys, checks our seal, and makes keys that we read."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kientruc import api
from tests.bundle.conftest import PART, ROOT, made, unpacked

pytestmark = pytest.mark.outside


def openssl(*arguments: str | Path) -> bytes:
    program = shutil.which("openssl")
    assert program, "openssl is not installed"
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True).stdout


def test_openssl_checks_our_seal_and_makes_a_key_that_seals(tmp_path: Path) -> None:
    (tmp_path / "phan").mkdir()
    (tmp_path / "architecture.yaml").write_text(ROOT, encoding="utf-8")
    (tmp_path / "phan" / "a.yaml").write_text(PART, encoding="utf-8")
    ours, public, _ = api.new_keys(tmp_path / "khoa")
    theirs = tmp_path / "openssl.key"
    openssl("genpkey", "-algorithm", "ed25519", "-out", theirs)
    (tmp_path / "openssl.pub").write_bytes(openssl("pkey", "-in", theirs, "-pubout"))
    for key, shared in ((ours, public), (theirs, tmp_path / "openssl.pub")):
        (tmp_path / "a.zip").write_bytes(made(tmp_path, key=key).data)
        assert api.verify(tmp_path / "a.zip", shared, rerun=False).seal.value == "yes"
        members = unpacked((tmp_path / "a.zip").read_bytes())
        (tmp_path / "manifest").write_bytes(members["manifest.json"])
        (tmp_path / "signature").write_bytes(base64.b64decode(json.loads(members["seal.json"])["signature"]))
        asked = ("-pubin", "-inkey", shared, "-rawin", "-in", tmp_path / "manifest", "-sigfile", tmp_path / "signature")
        assert b"Verified Successfully" in openssl("pkeyutl", "-verify", *asked)
