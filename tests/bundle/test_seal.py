"""A seal holds for one manifest and one key; keys stay with their user and are never overwritten."""

from __future__ import annotations

import base64
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kientruc import api
from kientruc.bundle.pack import pack
from kientruc.canonical import canonical
from kientruc.cli import run
from kientruc.errors import UsageError
from tests.bundle.conftest import edited, made, unpacked


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return api.new_keys(tmp_path / "khoa")[0]


@pytest.fixture
def sealed(sources: Path, key: Path) -> Path:
    path = key.parent / "a.zip"
    path.write_bytes(made(sources, key=key).data)
    return path


def answer(path: Path, key: Path | None = None) -> tuple[str, list[str]]:
    found = api.verify(path, key, rerun=False)
    return found.seal.value, [one.code for one in found.findings]


def test_a_seal_holds_for_its_key_and_the_same_input_gives_the_same_seal(
    sources: Path, sealed: Path, key: Path
) -> None:
    public = key.with_suffix(".pub")
    assert answer(sealed) == answer(sealed, public) == ("yes", [])
    assert made(sources, key=key).data == sealed.read_bytes()
    members = unpacked(sealed.read_bytes())
    seal = json.loads(members["seal.json"])
    raw = base64.b64decode(seal["public_key"])
    Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(seal["signature"]), members["manifest.json"])


def test_another_key_and_no_seal_are_told(sources: Path, sealed: Path, tmp_path: Path) -> None:
    _, other, fingerprint = api.new_keys(tmp_path / "khac")
    assert answer(sealed, other) == ("no", ["B-KEY"])
    assert fingerprint in api.verify(sealed, other, rerun=False).findings[0].values["wanted"]
    sealed.write_bytes(made(sources).data)
    assert answer(sealed, other) == ("no", ["B-NOSEAL"])
    assert answer(sealed) == ("not-asked", [])


@pytest.mark.parametrize("part", ["manifest", "signature", "public_key", "blanks", "algorithm", "none"])
def test_a_seal_that_was_changed_or_is_of_another_manifest_does_not_hold(sealed: Path, part: str) -> None:
    members = unpacked(sealed.read_bytes())
    seal = json.loads(members["seal.json"])

    def older(manifest: Any) -> None:
        manifest["architecture"]["version"] = "0.1"

    match part:
        case "manifest":
            members = edited(members, older)
        case "signature" | "public_key":
            raw = bytearray(base64.b64decode(seal[part]))
            raw[0] ^= 1
            members["seal.json"] = canonical(seal | {part: base64.b64encode(bytes(raw)).decode()})
        case "blanks":
            members["seal.json"] = json.dumps(seal).encode()
        case "algorithm":
            members["seal.json"] = canonical(seal | {"algorithm": "none"})
        case _:
            members["seal.json"] = b"[" * 10_000
    sealed.write_bytes(pack(members))
    assert answer(sealed) == ("no", ["B-SEAL"])


def test_keys_are_private_in_the_usual_form_and_never_overwritten(tmp_path: Path) -> None:
    assert run(["keys", "new", "-o", str(tmp_path / "khoa")]) == 0
    private, public = tmp_path / "khoa.key", tmp_path / "khoa.pub"
    assert sorted(tmp_path.iterdir()) == [private, public]
    assert os.name == "nt" or stat.S_IMODE(private.stat().st_mode) == 0o600
    before = private.read_bytes(), public.read_bytes()
    assert load_pem_private_key(before[0], None).public_key().public_bytes_raw()  # type: ignore[union-attr]
    assert run(["keys", "new", "-o", str(tmp_path / "khoa")]) == 2
    private.unlink()
    assert run(["keys", "new", "-o", str(tmp_path / "khoa")]) == 2
    assert list(tmp_path.iterdir()) == [public] and public.read_bytes() == before[1]
    (tmp_path / "b.key").symlink_to(tmp_path / "c.key")
    assert run(["keys", "new", "-o", str(tmp_path / "b")]) == 2
    assert run(["keys", "new", "-o", str(tmp_path / "không có" / "b")]) == 2


def test_no_private_key_goes_into_a_bundle(sealed: Path, key: Path) -> None:
    secret = base64.b64decode("".join(key.read_text(encoding="ascii").splitlines()[1:-1]))[-32:]
    assert secret not in sealed.read_bytes()
    assert base64.b64encode(secret)[:20] not in sealed.read_bytes()


def test_what_is_no_key_is_wrong_usage(sources: Path, sealed: Path, key: Path, tmp_path: Path) -> None:
    public = key.with_suffix(".pub")
    wrong = tmp_path / "sai.key"
    elliptic = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    locked = load_pem_private_key(key.read_bytes(), None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")
    )
    for data in (b"", b"\xff" * 100, elliptic, locked, public.read_bytes()):
        wrong.write_bytes(data)
        with pytest.raises(UsageError) as found:
            made(sources, key=wrong)
        assert found.value.key == "seal.bad-key"
    for data in (b"", elliptic, key.read_bytes()):
        wrong.write_bytes(data)
        with pytest.raises(UsageError) as found:
            api.verify(sealed, wrong)
        assert found.value.key == "seal.bad-public-key"


def test_without_the_extra_a_seal_is_wrong_usage_and_bundles_without_one_are_not(
    sources: Path, sealed: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for call in (lambda: api.verify(sealed), lambda: made(sources, key=key), lambda: api.new_keys(tmp_path / "b")):
        with pytest.raises(UsageError) as found:
            call()
        assert found.value.key == "seal.no-extra"
    path = tmp_path / "b.zip"
    path.write_bytes(made(sources).data)
    assert api.verify(path).holds
