"""Which steps of the edition's way to approval an architecture's own path has, and which it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kientruc.frameworks import PathStep
from kientruc.model.architecture import Architecture


@dataclass(frozen=True, slots=True)
class Stages:
    """The steps of an edition: by id the ids of the architecture's steps that are it, in the edition's order."""

    edition: str
    steps: Mapping[str, PathStep]
    named: Mapping[str, tuple[str, ...]]

    @property
    def told(self) -> bool:
        """Whether any step of the architecture says which one it is; if none does, nothing is known to be lacking."""
        return any(self.named.values())

    @property
    def lacking(self) -> tuple[str, ...]:
        """The steps that no step of the architecture is."""
        return tuple(id for id, steps in self.named.items() if not steps) if self.told else ()


def stages(architecture: Architecture, steps: Mapping[str, PathStep]) -> Stages:
    """Hold the path of an architecture against that of the edition it declares."""
    path = sorted(architecture.records["path"].values(), key=lambda step: (step.order, step.id))
    named = {id: tuple(step.id for step in path if step.stage == id) for id in steps}
    return Stages(architecture.head.edition, steps, named)
