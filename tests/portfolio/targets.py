"""What a child is made to do in the tests of the pool, by the name of the submission it is given."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from pathlib import Path

from kientruc.portfolio.digest import prepare as real


def prepare(setup: bytes) -> Callable[[bytes], bytes]:
    """Do as the name says, or what is really done."""
    make = real(setup)

    def run(task: bytes) -> bytes:
        name = Path(json.loads(task)[0]).stem
        if name == "killed":
            signal.raise_signal(signal.SIGKILL)
        if name == "slow":
            time.sleep(600)
        if name == "greedy":
            return bytes(1 << 40)
        if name == "failing":
            raise KeyError(name)
        if name == "lying":
            return make(task) + b" "
        return make(task)

    return run
