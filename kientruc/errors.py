"""The tool had to stop: exceptions that name a sentence in the catalogue and fill it."""

from __future__ import annotations


class KientrucError(Exception):
    """We cannot go on. `key` names the sentence, `values` fill it, `exit_code` is what the command ends with.

    Of the values, `nearest` is a name to be proposed, or "": it fills `near` in the language of the sentence.
    """

    exit_code = 3

    def __init__(self, key: str, /, **values: str) -> None:
        super().__init__(f"{key} {values}")
        self.key, self.values = key, values


class UsageError(KientrucError):
    """The command was asked for something that is not there."""

    exit_code = 2


class OutputError(KientrucError):
    """An output cannot or may not be written; what was there before is untouched."""
