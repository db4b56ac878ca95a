"""What runs the checks without anybody thinking of it: a hook of git, a workflow of GitHub, a pipeline of GitLab."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from pathlib import PurePosixPath

import jinja2

from kientruc.editing.spelling import flow
from kientruc.messages import text
from kientruc.renderers.escapes import one_line

GITHUB, GITLAB, GITLAB_ROOT = ".github/workflows/kientruc.yml", ".gitlab/kientruc.yml", ".gitlab-ci.yml"
GITLAB_LINE = "include: [{local: .gitlab/kientruc.yml}]"


def hook(file: str, python: str, lang: str) -> str:
    """Spell the hook that runs before a commit, for any `sh`: it checks what is to be committed, nothing else.

    Args:
        file: the root file as seen from the top of the repository, with forward slashes.
        python: the program that runs this tool now; where it is gone, the hook looks for `kientruc`.
    """
    folder = PurePosixPath(file).parent.as_posix()
    return _filled("pre-commit", lang, file=file, folder=folder, python=python)


def github(file: str, lang: str) -> dict[str, str]:
    """Spell the workflow of GitHub, by path from the top of the repository."""
    return {GITHUB: _filled("github.yml", lang, file=file)}


def gitlab(file: str, lang: str) -> dict[str, str]:
    """Spell the pipeline of GitLab, and the file that includes it."""
    return {GITLAB: _filled("gitlab.yml", lang, file=file), GITLAB_ROOT: _filled("gitlab-ci.yml", lang)}


def quoted(words: str) -> str:
    """Spell a text for `sh`: nothing in it means anything."""
    return "'" + words.replace("'", "'\\''") + "'"


def _filled(name: str, lang: str, **values: object) -> str:
    here = files("kientruc.renderers").joinpath("templates/automation")

    def read(name: str) -> str:
        return here.joinpath(name).read_text(encoding="utf-8")

    def indented(name: str, columns: int) -> str:
        return read(name).rstrip("\n").replace("\n", f"\n{' ' * columns}")

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(read),
        autoescape=False,  # noqa: S701 - shell and YAML: `quote` and `yaml` spell every value
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals |= {"quote": quoted, "yaml": flow, "indented": indented, "t": partial(_say, lang)}
    return environment.get_template(f"{name}.jinja").render(lang=lang, **values)


def _say(lang: str, key: str) -> str:
    return one_line(text(key, lang))
