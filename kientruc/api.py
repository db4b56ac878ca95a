"""The one door: what the command line, notebooks and tests call."""

from __future__ import annotations

from kientruc.loading import Loaded, load, load_text
from kientruc.reading.limits import Limits

__all__ = ["Limits", "Loaded", "load", "load_text"]
