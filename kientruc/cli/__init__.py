"""The command line: arguments in, exit code out; no decision lives here."""

from kientruc.cli.app import run
from kientruc.cli.common import FAILED, FINDINGS, FINE, USAGE

__all__ = ["FAILED", "FINDINGS", "FINE", "USAGE", "run"]
