"""The nearest known name, as a message puts it."""

from __future__ import annotations

from kientruc.errors import SYSTEM, KientrucError
from kientruc.messages import text


def near_words(name: str, lang: str) -> str:
    """Propose a name, or end the sentence where none is near."""
    return text("phrase.near", lang, near=name) if name else "."


def sentence(error: KientrucError, lang: str = "vi") -> str:
    """Say in words why the tool could not go on.

    Example:
        >>> try:
        ...     api.show(loaded.architecture, "lgps")
        ... except KientrucError as error:
        ...     print(api.sentence(error, "en"))
        No record has the id “lgps”. Did you mean “lgsp”?
    """
    near = {"near": near_words(error.values["nearest"], lang)} if "nearest" in error.values else {}
    refused = error.values.get("why", "")
    why = {"why": text(f"system.{refused}", lang)} if refused in SYSTEM else {}
    return text(error.key, lang, **{**error.values, **near, **why})
