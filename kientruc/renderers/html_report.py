"""The report as one HTML file: strict CSP, no script, no network, opens from disk and prints."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import groupby

import jinja2
from markupsafe import Markup, escape

from kientruc.messages import text
from kientruc.renderers.escapes import one_line
from kientruc.result import Status
from kientruc.views.card import Row
from kientruc.views.conformance import grouped
from kientruc.views.report import ReportView

_ID = re.compile(r'(?<= )(id|aria-labelledby|aria-describedby)="([^"]*)"')
NOWHERE = "base-uri 'none'; form-action 'none'"
FONTS = (("NotoSans-Regular.ttf", 400), ("NotoSans-Bold.ttf", 700))


def render(view: ReportView, svgs: tuple[str, ...]) -> str:
    """Spell a report.

    Args:
        svgs: the pictures of the view, drawn, in its order; each is set into the page as it is, "" where none could be.
    """
    pictures = list(zip(view.pictures, map(_inline, svgs, range(len(svgs))), strict=True))
    return page("report.html.jinja", ("report.css",), view.lang, view=view, pictures=pictures)


def page(
    template: str, styles: tuple[str, ...], says: str, /, script: str = "", connect: str = "'none'", **values: object
) -> str:
    """Fill a template of a page that works by itself: its style and fonts within, and nothing else allowed.

    Args:
        script: the only one that may run.
        connect: what it may ask, as the content policy spells it.
        values: what the template shows; every text is escaped.
    """
    style = _fonts() + "".join(map(_template, styles))
    scripts = f" script-src {_hash(script)}; connect-src {connect};" if script else ""
    environment = _environment()
    environment.filters["grouped"] = grouped
    return environment.get_template(template).render(
        **values,
        t=partial(_say, says),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        csp=f"default-src 'none'; style-src {_hash(style)};{scripts} font-src data:; {NOWHERE}",
    )


def fragment(template: str, style: str, lang: str, /, **values: object) -> str:
    """Fill a template of a piece of a page, for a page that is somebody else's: its style within, without fonts.

    Args:
        values: what the template shows; every text is escaped.
    """
    return (
        _fragments()
        .get_template(template)
        .render(
            **values,
            t=partial(_say, lang),
            lang=lang,
            states=tuple(status.value for status in Status),
            style=Markup(_template(style)),  # noqa: S704 - our own file
        )
    )


@cache
def _fragments() -> jinja2.Environment:
    environment = _environment()
    environment.filters |= {"line": one_line, "drawing": _inline, "runs": _runs}
    return environment


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["code"] = _code
    return environment


def _template(name: str) -> str:
    return files("kientruc.renderers").joinpath(f"templates/{name}").read_text(encoding="utf-8")


def _runs(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Put together rows in a line that have one label."""
    return [(label, list(several)) for label, several in groupby(rows, key=lambda row: row.label)]


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _code(words: str) -> Markup:
    """Escape words, and set what stands between backticks as code."""
    parts = str(escape(words)).split("`")
    return Markup("".join(f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts)))  # noqa: S704 - its parts are escaped above


def _say(lang: str, key: str, **values: object) -> str:
    return text(key, lang, **values)


def _inline(svg: str, number: int = 0) -> Markup:
    """Take a drawing as it is: it is ours and escapes its own text. Ids of a second are made its own."""
    if number:
        svg = _ID.sub(lambda found: f'{found[1]}="p{number}-{found[2]}"', svg).replace("url(#", f"url(#p{number}-")
    return Markup(svg)  # noqa: S704 - our own drawing


def _fonts() -> str:
    rules = []
    for name, weight in FONTS:
        data = base64.b64encode(files("kientruc.renderers").joinpath(f"fonts/{name}").read_bytes()).decode()
        rules.append(
            f'@font-face{{font-family:"Noto Sans";font-weight:{weight};'
            f'src:url(data:font/ttf;base64,{data}) format("truetype")}}\n'
        )
    return "".join(rules)
