"""Seals: an Ed25519 signature over the manifest, by a key that its user makes and keeps. No more than that: who holds
a key, a seal cannot say, and it is no signature in the sense of the law."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from kientruc.canonical import canonical
from kientruc.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class KeyPair(NamedTuple):
    """A new pair as PEM (PKCS #8 without a password, SubjectPublicKeyInfo), as OpenSSL reads it."""

    private: bytes
    public: bytes
    fingerprint: str


class Seal(BaseModel):
    """seal.json: the key that sealed and what it signed, both base64."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    algorithm: Literal["ed25519"]
    public_key: str
    signature: str


def new_keys() -> KeyPair:
    """Make a key pair.

    Raises:
        UsageError: the extra is not installed; likewise below.
    """
    _need()
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    secret = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    public = private.public_key()
    shared = public.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
    return KeyPair(secret, shared, fingerprint(public.public_bytes_raw()))


def seal(manifest: bytes, key: bytes, name: str) -> bytes:
    """Seal a manifest; give the bytes of seal.json.

    Args:
        key: a private key as PEM.
        name: of its file, for the message.
    Raises:
        UsageError: it is no Ed25519 key, or has a password.
    """
    private = _private(key, name)
    raw = private.public_key().public_bytes_raw()
    return _spelt(Seal(algorithm="ed25519", public_key=_text(raw), signature=_text(private.sign(manifest))))


def sealed_by(manifest: bytes, data: bytes) -> str:
    """Check a seal; give the fingerprint of the key that made it, "" where it is not a seal of this manifest."""
    _need()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        found = Seal.model_validate_json(data)
        key, signature = base64.b64decode(found.public_key), base64.b64decode(found.signature)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, manifest)
    except (ValidationError, InvalidSignature, ValueError):
        return ""
    again = Seal(algorithm="ed25519", public_key=_text(key), signature=_text(signature))
    return fingerprint(key) if _spelt(again) == data else ""


def fingerprint_of(key: bytes, name: str) -> str:
    """Give the fingerprint of a public key as PEM.

    Raises:
        UsageError: it is no Ed25519 key.
    """
    return fingerprint(_public(key, name).public_bytes_raw())


def fingerprint(key: bytes) -> str:
    """Name a public key, 32 bytes, by its SHA-256: short enough to be compared over the telephone."""
    return hashlib.sha256(key).hexdigest()


def _private(key: bytes, name: str) -> Ed25519PrivateKey:
    _need()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        found = load_pem_private_key(key, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError("seal.bad-key", path=name) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise UsageError("seal.bad-key", path=name)
    return found


def _public(key: bytes, name: str) -> Ed25519PublicKey:
    _need()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        found = load_pem_public_key(key)
    except (ValueError, UnsupportedAlgorithm):
        raise UsageError("seal.bad-public-key", path=name) from None
    if not isinstance(found, Ed25519PublicKey):
        raise UsageError("seal.bad-public-key", path=name)
    return found


def _need() -> None:
    try:
        import cryptography  # noqa: F401  # is it there?
    except ImportError:
        raise UsageError("seal.no-extra") from None


def _spelt(seal: Seal) -> bytes:
    return canonical(seal.model_dump())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
