"""How many there may be: exact bounds, held against what is sure and what is possible."""

from pydantic import StrictInt, model_validator
from pydantic_core import PydanticCustomError

from kientruc.result import Status
from kientruc.validators.check import Check


class Bounded(Check):
    """A check with a least and a greatest number; no greatest where `max` is left out."""

    min: StrictInt = 0
    max: StrictInt | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Bounded":
        if self.min < 0 or (self.max is None and self.min == 0) or (self.max is not None and self.max < self.min):
            raise PydanticCustomError("bounds", "", {"expected": "0 <= min <= max"})
        return self

    def judge(self, sure: int, possible: int) -> tuple[Status, str]:
        """Give status and reason; undecided while what is not sure could turn it over."""
        if self.max is not None and sure > self.max:
            return Status.FAIL, "too-many"
        if possible < self.min:
            return Status.FAIL, "too-few"
        if sure >= self.min and (self.max is None or possible <= self.max):
            return Status.PASS, "counted"
        return Status.MANUAL, "on-assumption"

    @property
    def allowed(self) -> str:
        """Write the bounds as a message shows them: 1 · ≥ 1 · ≤ 3 · 1–3."""
        if self.max is None:
            return f"≥ {self.min}"
        if self.min == self.max:
            return str(self.min)
        return f"{self.min}–{self.max}" if self.min else f"≤ {self.max}"
