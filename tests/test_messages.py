"""The catalogues: every key the code uses is there in both languages, none is left over, no words stand in the code."""

from __future__ import annotations

import ast
import io
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kientruc.messages import LANGUAGES, keys, raw

PACKAGE = Path(__file__).parent.parent / "kientruc"
CODE = re.compile(r"[BCEFIMPRTXY]-[A-Z]+")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# Vietnamese in code that is no sentence to a user: names that files are written with, names of kinds and verbs, the
# forms that money and secrecy take, letters themselves.
VIETNAMESE = (
    *("model/kinds.py", "model/verbs.py", "model/values.py", "reading/characters.py", "loading/mistakes.py"),
    *("views/document/numbering.py", "views/dossier/facts.py", "portfolio/holdings.py"),
    "renderers/document/print_style.py",
)
ASKS = ("text", "raw", "UsageError", "OutputError", "KientrucError", "EditRefused", "refused")
LETTERS = re.compile("[\u00c0-\u01b0\u1ea0-\u1ef9]")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def literals(path: Path) -> Iterator[ast.Constant]:
    """Give the string literals of a module but its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


@cache
def words() -> frozenset[str]:
    """Give every string literal and every field of the code, and every word of its data and templates."""
    found = {str(node.value) for path in modules() for node in literals(path)}
    for path in modules():
        fields = (node.target for node in ast.walk(tree(path)) if isinstance(node, ast.AnnAssign))
        found.update(target.id for target in fields if isinstance(target, ast.Name))
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".yaml", ".html", ".j2", ".jinja", ".svg"):
            found.update(re.findall(r"[\w.-]+", path.read_text(encoding="utf-8")))
    return frozenset(found)


@cache
def called() -> frozenset[str]:
    """Give the keys that code asks for by a literal: `text("...")`, `raw("...")`, and errors that name a sentence."""
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ASKS and node.args[0].value:
                found.add(str(node.args[0].value))
    return frozenset(found)


@cache
def prefixes() -> frozenset[str]:
    """Give how keys begin that are put together: `text(f"finding.{code}")`."""
    found = set()
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.update(re.findall(r"^[a-z-]+\.", str(node.values[0].value)))
    return frozenset(found)


def test_every_key_that_is_asked_for_is_there() -> None:
    for lang in LANGUAGES:
        assert called() <= set(keys(lang))


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    codes = {word for word in words() if CODE.fullmatch(word)}
    assert codes
    for lang in LANGUAGES:
        known = set(keys(lang))
        assert {code for code in codes if not {f"finding.{code}", f"help.{code}"} <= known} == set()
        told = {key.partition(".")[2] for key in known if key.startswith(("finding.", "help."))}
        assert told - codes == set()


def test_no_key_is_left_over() -> None:
    def used(key: str) -> bool:
        """Tell whether a key stands in the code, or two halves of it that code may join: `f"{table}.{value}"`."""
        dots = [match.start() for match in re.finditer(r"\.", key)]
        return key in words() or any(begins(key[:dot]) and ends(key[dot + 1 :]) for dot in dots)

    def begins(half: str) -> bool:
        return half in words() or f"{half}." in prefixes()

    def ends(half: str) -> bool:
        return half.isdigit() or half in words() or f".{half}" in words()

    assert [key for key in keys("vi") if not used(key)] == []


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert keys("vi") == keys("en")
    for key in keys("vi"):
        found = [frozenset(PLACEHOLDER.findall(raw(key, lang))) for lang in LANGUAGES]
        assert found[0] == found[1], key
        assert all(raw(key, lang).strip() for lang in LANGUAGES), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shipped_is_what_is_written(lang: str) -> None:
    path = PACKAGE / "messages" / f"{lang}.po"
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    written = {message.id: message.string for message in catalogue if message.id}
    assert {key: raw(key, lang) for key in keys(lang)} == written
    ids = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert ids == sorted(set(ids))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == path.with_suffix(".mo").read_bytes(), "run `make messages`"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_in_composed_form(lang: str) -> None:
    for key in keys(lang):
        assert unicodedata.is_normalized("NFC", raw(key, lang)), key


def test_no_vietnamese_stands_in_the_code() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}: {node.value!r}"
        for path in modules()
        if path.relative_to(PACKAGE).as_posix() not in VIETNAMESE
        for node in literals(path)
        if LETTERS.search(str(node.value)) and len(str(node.value)) > 1
    ]
    assert found == []
