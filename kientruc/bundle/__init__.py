"""Submissions as one ZIP: sources, findings, rendered files, a manifest that names each by its hash, a seal."""

from kientruc.bundle.manifest import Manifest
from kientruc.bundle.read import Bundle

__all__ = ["Bundle", "Manifest"]
