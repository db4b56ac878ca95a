"""Canonical JSON is what somebody else's writer of RFC 8785 makes of the same data."""

from __future__ import annotations

from typing import Any

import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from kientruc.canonical import canonical

letters = st.text(max_size=8)
data = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
)


@given(data)
@example({"\ufb01": 1, "\U0001f600": 2})  # the order of UTF-16 is another than that of code points
@example({"a": '\x00\x1f\x7f\u2028"\\/'})
def test_it_is_what_the_library_writes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)
