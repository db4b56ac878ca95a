"""Submissions as one ZIP: sources, findings, rendered files, a manifest that names each by its hash, a seal."""

from kientruc.bundle.manifest import Manifest
from kientruc.bundle.read import Bundle, Opened, open_bundle, read_bytes
from kientruc.bundle.verification import Answer, Verification

__all__ = ["Answer", "Bundle", "Manifest", "Opened", "Verification", "open_bundle", "read_bytes"]
