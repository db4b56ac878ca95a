"""How far the way to approval is gone on a day: where it stands, who owes what, what leads nowhere."""

from kientruc.progress.chains import Break, Broken, broken_chains
from kientruc.progress.debts import debts
from kientruc.progress.owed import Kind, Owed, Why
from kientruc.progress.stages import Stages, stages
from kientruc.progress.where import StepState, Where, where

__all__ = [
    "Break",
    "Broken",
    "Kind",
    "Owed",
    "Stages",
    "StepState",
    "Where",
    "Why",
    "broken_chains",
    "debts",
    "stages",
    "where",
]
