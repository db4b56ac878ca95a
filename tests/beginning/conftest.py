"""The schema is left out: it would be most of the work. Commands in a process of their own write the real one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def no_schema() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kientruc.api.beginning.schema_text", lambda lang, loaded: "{}")
        yield
