"""Holds an architecture to an edition: kinds of check, one requirement, the whole run."""

from kientruc.validators.checks import CHECKS
from kientruc.validators.run import edition, run

__all__ = ["CHECKS", "edition", "run"]
