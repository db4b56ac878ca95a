"""A word of the format explained: a kind of element, a verb, a section; read off the models, like docs/format.md."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.messages import has, text
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind
from kientruc.model.verbs import TARGETS, Verb, groups_of
from kientruc.views.card import Card, Row


def format_words() -> Iterator[str]:
    """Name all that `format_card` knows."""
    yield from (kind.value for kind in Kind)
    yield from (verb.value for verb in Verb)
    yield from SECTIONS


def format_card(word: str, lang: str) -> Card | None:
    """Explain a word; None where the format does not have it."""
    for kind in Kind:
        if kind.value == word:
            return _kind(kind, lang)
    for verb in Verb:
        if verb.value == word:
            return _verb(verb, lang)
    return _section(word, lang) if word in SECTIONS else None


def _kind(kind: Kind, lang: str) -> Card:
    def say(key: str, words: str) -> Row:
        return Row(text(f"word-card.{key}", lang), words)

    starts = (f"{verb.value} → {', '.join(found)}" for verb in Verb if (found := tuple(verb.targets_from(kind.groups))))
    own = ", ".join(sorted(kind.own_fields))
    rows = (
        say("what", text("word-card.kind", lang)),
        say("others", ", ".join(one.value for one in Kind if one is not kind)),
        *((say("own", own),) if own else ()),
        Row(text("word-card.starts", lang), "", tuple(Row("", words) for words in starts)),
    )
    name = kind.in_(lang)
    example = f"elements:\n  a:\n    kind: {kind.value}\n    name: {name.capitalize()}\n"
    return Card(f"{kind.value}: {name}", rows, ((text("word-card.example", lang), example),), kind.value)


def _verb(verb: Verb, lang: str) -> Card:
    pairs = ((source, tuple(verb.targets_from(groups_of(source)))) for source in TARGETS)
    joined = tuple(Row("", f"{source} → {', '.join(targets)}") for source, targets in pairs if targets)
    rows = (
        Row(text("word-card.what", lang), text("word-card.verb", lang)),
        Row(text("word-card.joins", lang), "", joined),
    )
    return Card(f"{verb.value}: {verb.in_(lang)}", rows, (), verb.value)


def _section(section: str, lang: str) -> Card:
    fields = SECTIONS[section].model_fields
    shown = {field.alias or name: field.is_required() for name, field in fields.items() if name not in HIDDEN}
    rows = (
        Row(text("word-card.what", lang), text("word-card.section", lang)),
        Row(text("word-card.needed", lang), ", ".join(_said(key, lang) for key, needed in shown.items() if needed)),
        Row(text("word-card.keys", lang), ", ".join(_said(key, lang) for key, needed in shown.items() if not needed)),
    )
    return Card(f"{section}: {text(f'section.{section}', lang)}", rows, (), section)


def _said(key: str, lang: str) -> str:
    return f"{key} ({text(f'field.{key}', lang)})" if has(f"field.{key}", lang) else key


HIDDEN = frozenset(("id", "origin", "provenance", "section"))  # of the model, not of the files
