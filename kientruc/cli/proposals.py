"""What may be typed next: commands, options, the words an option takes, ids of the architecture at hand.

What an option takes is read off its metavar, so a new command is completed without a line here. The scripts in
`shells/` ask by `kientruc __complete COUNT WORD...`: the words after `kientruc`, and how many of them stand before the
one that is being typed. Nothing here imports the model, writes, or fails: a shell waits for the answer.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kientruc.cli.common import FINE
from kientruc.renderers.escapes import one_line

MOST = 2_000  # proposals; nobody reads more, and some shells take long to sort them
# Those of `api.PICTURE_FORMATS`, which is slow to import.
PICTURES = ("svg", "png", "pdf", "drawio", "pptx", "mermaid", "dot", "xlsx", "html")
_CHOICES = re.compile(r"[a-z0-9-]+(?:[|,][a-z0-9-]+)+")
_DATA = Path(__file__).parent.parent
Proposal = tuple[str, str]  # what may be typed, and what it means


def answer(arguments: Sequence[str], lang: str, make: Callable[[str, Sequence[str]], Any]) -> int:
    """Print what may be typed next: a line each, value and meaning with a tab between; nothing where files go.

    Args:
        make: builds the tree of commands in a language: the one that words begin with, or all.
    """
    try:
        count = int(arguments[0])
        lines = [
            f"{value}\t{one_line(help)}" for value, help in islice(proposals(arguments[1:], count, lang, make), MOST)
        ]
    except Exception:  # whatever is wrong, here is not where it can be told
        return FINE
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return FINE


def proposals(
    words: Sequence[str], count: int, lang: str, make: Callable[[str, Sequence[str]], Any]
) -> Iterator[Proposal]:
    """Give what may stand for the word after the first `count`, as far as it is typed."""
    typed = words[count] if count < len(words) else ""
    before = list(words[:count])
    if typed == "=":  # bash takes `--lang=v` for three words
        typed = ""
    elif before[-1:] == ["="]:
        before.pop()
    line = _Line(make(lang, before), before)
    start, equals, rest = typed.partition("=") if typed.startswith("--") and not line.waiting else ("", "", typed)
    if equals:
        line.waiting, typed = line.option(start), rest
    glue = f"{start}=" if equals else ""
    head, comma, last = typed.rpartition(",") if line.waiting and "," in _metavar(line.waiting) else ("", "", typed)
    file = next((Path(one) for one in (line.file, _Line(line.root, words).file) if one), Path("architecture.yaml"))
    for value, help in line.possible(typed, file, lang):
        if value.startswith(last):
            yield f"{glue}{head}{comma}{value}", help


class _Line:
    """A command line as far as it goes: the command, what was given, the option that waits for its value."""

    def __init__(self, root: Any, words: Iterable[str]) -> None:
        self.root = self.command = root
        self.waiting: Any = None
        self.given: dict[str, str] = {}
        self.positional: list[str] = []
        for word in words:
            self._take(word)

    def _take(self, word: str) -> None:
        if self.waiting:
            self.given[self.waiting.name], self.waiting = word, None
        elif word.startswith("-"):
            name, equals, value = word.partition("=")
            option = self.option(name)
            if option:
                self.given[option.name] = value
                self.waiting = None if equals or option.is_flag else option
        elif word in (commands := self.commands):
            self.command, self.given, self.positional = commands[word], {}, []
        else:
            self.positional.append(word)

    @property
    def commands(self) -> dict[str, Any]:
        return getattr(self.command, "commands", {})

    @property
    def file(self) -> str:
        """The root file that is named, "" where none is."""
        named = (self.given.get(name, "") for name in ("file", "model", "at"))
        arguments = zip(self.arguments, self.positional, strict=False)
        return next(filter(None, (*named, *(word for one, word in arguments if one.name == "file"))), "")

    @property
    def arguments(self) -> list[Any]:
        return [one for one in self.command.params if one.param_type_name == "argument"]

    @property
    def options(self) -> list[Any]:
        return [one for one in self.command.params if one.param_type_name == "option" and not one.hidden]

    def option(self, name: str) -> Any:
        return next((one for one in self.options if name in (*one.opts, *one.secondary_opts)), None)

    def possible(self, typed: str, file: Path, lang: str) -> Iterator[Proposal]:
        """Give all that may stand here, whether or not it begins as what is typed."""
        if self.waiting:
            yield from _values(self.waiting, self, file, lang)
        elif typed.startswith("-"):
            yield from self._options()
        elif self.commands:
            known = {} if self.positional else self.commands
            yield from ((name, one.get_short_help_str(200)) for name, one in known.items())
        else:
            arguments = self.arguments
            if arguments and len(self.positional) >= len(arguments) and arguments[-1].nargs == -1:
                self.positional = self.positional[: len(arguments) - 1]
            for one in arguments[len(self.positional) : len(self.positional) + 1]:
                yield from _values(one, self, file, lang)

    def _options(self) -> Iterator[Proposal]:
        for one in self.options:
            if one.multiple or one.name not in self.given:
                yield from (
                    (name, one.help or "") for name in (*one.opts, *one.secondary_opts) if name.startswith("--")
                )
        yield "--help", ""


def _values(param: Any, line: _Line, file: Path, lang: str) -> Iterator[Proposal]:
    """Give the words that one option or argument takes; none for files and free words."""
    metavar = _metavar(param)
    if _CHOICES.fullmatch(metavar):
        yield from ((word, "") for word in re.split("[|,]", metavar))
    source = _SOURCES.get(f"{param.opts[-1]} {metavar}")
    if source:
        yield from source(file, lang)


def _metavar(param: Any) -> str:
    return (param.metavar or "").strip("[].")


def _ids(*sections: str) -> Callable[[Path, str], Iterator[Proposal]]:
    """Make what gives the ids of some sections, or of all; elements first, as most commands are about them."""

    def found(file: Path, lang: str) -> Iterator[Proposal]:
        from kientruc.reading.outline import outline

        root = file / "architecture.yaml" if file.is_dir() else file
        there = [one for one in outline(root) if not sections or one.section in sections]
        yield from ((one.id, one.name) for one in sorted(there, key=lambda one: (one.section != "elements", one.id)))

    return found


def _sections(file: Path, lang: str) -> Iterator[Proposal]:
    from kientruc.reading.outline import outline

    yield from ((one, "") for one in sorted({one.section for one in outline(file)}))


def _editions(file: Path, lang: str) -> Iterator[Proposal]:
    for path in sorted(_DATA.glob("frameworks/editions/*/edition.yaml")):
        name = re.search(rf"^name:\n(?:  .*\n)*?  {lang}: (.*)", path.read_text(encoding="utf-8"), re.MULTILINE)
        yield path.parent.name, name[1] if name else ""


def _requirements(file: Path, lang: str) -> Iterator[Proposal]:
    yield from (
        (one.stem, one.parent.parent.name) for one in sorted(_DATA.glob("frameworks/editions/*/requirements/*.yaml"))
    )


def _codes(file: Path, lang: str) -> Iterator[Proposal]:
    yield from (*_requirements(file, lang), *_editions(file, lang))


def _views(file: Path, lang: str) -> Iterator[Proposal]:
    from kientruc.messages import keys, text

    yield from _ids("views")(file, lang)
    yield from ((key.removeprefix("view."), text(key, lang)) for key in keys(lang) if key.startswith("view."))


def _pictures(file: Path, lang: str) -> Iterator[Proposal]:
    yield from ((one, "") for one in PICTURES)


def _verbs(file: Path, lang: str) -> Iterator[Proposal]:
    from kientruc.model.verbs import Verb

    yield from ((one.value, one.vi if lang == "vi" else one.en) for one in Verb)


def _profiles(file: Path, lang: str) -> Iterator[Proposal]:
    yield from ((one.stem, "") for one in sorted(_DATA.glob("renderers/document/profiles/*.yaml")))


_SOURCES = {  # by how the option or argument is called, and its metavar
    **dict.fromkeys(("id ID", "old OLD", "source FROM", "target TO"), _ids()),
    "--component ID": _ids("components"),
    "--hearing ID": _ids("hearings"),
    "--round ID": _ids("rounds"),
    **dict.fromkeys(("--body ID", "--for ORG"), _ids("organisations")),
    "--section SECTION": _sections,
    **dict.fromkeys(
        ("--edition ID", "--to EDITION", "--from EDITION", "packs ID|DIR", "old ID|DIR", "new ID|DIR"), _editions
    ),
    "--only ID": _requirements,
    "code CODE": _codes,
    "name NAME": _views,
    "--format FORMAT": _pictures,
    "--via VERB,": _verbs,
    "--profile PROFILE": _profiles,
}
