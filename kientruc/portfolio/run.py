"""A portfolio from a folder: what is known is taken from the store, what changed is run, all is kept as it comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from kientruc import __version__, api
from kientruc.canonical import canonical
from kientruc.errors import UsageError
from kientruc.frameworks import edition_ids
from kientruc.portfolio.digest import Settings
from kientruc.portfolio.found import Handed, find
from kientruc.portfolio.pool import run_here
from kientruc.portfolio.store import Row, Store, opened
from kientruc.portfolio.told import FORMAT, NotTold, Told, parse, sha256

STORE = "portfolio.sqlite"


class Line(NamedTuple):
    """One submission of a portfolio: the name it was handed in under, the hash of its result, and the result."""

    name: str
    sha256: str
    told: Told


class Portfolio(NamedTuple):
    """The submissions in the order of their names; how many were run anew; what in the folder is no submission."""

    lines: tuple[Line, ...]
    settings: Settings
    ran: int = 0
    aside: tuple[str, ...] = ()


def gathered(
    folder: Path,
    out: Path,
    settings: Settings,
    jobs: int = 2,
    scheduler: str = "",
    progress: Callable[[int, int], None] = lambda done, all: None,
) -> Portfolio:
    """Run what is new or changed, and give the results of all submissions in a folder.

    Args:
        out: an existing folder; the store lies there.
        scheduler: the address of a dask cluster; "" for this machine.
        progress: told how many of those to be run are done.
    Raises:
        UsageError: there is no such folder or edition, no cluster, or no submission in the folder.
        OutputError: the store cannot be used.
    """
    depends = _depends(settings)
    found = find(folder, out)
    if not found.handed:
        raise UsageError("portfolio.empty", folder=str(folder))
    keys = {one.name: _key(one, depends) for one in found.handed}
    with opened(out / STORE) as store:
        known = store.known([key for key in keys.values() if key])
        run = store.begin(depends)
        for one in found.handed:
            if keys[one.name] in known:
                store.keep(run, Row(one.name, one.kind, keys[one.name], known[keys[one.name]]))
        left = [one for one in found.handed if keys[one.name] not in known]
        _run(left, settings, jobs, scheduler, store, run, keys, progress)
        store.finish(run, [one.name for one in found.handed])
        return Portfolio(_lines(store), settings, len(left), found.aside)


def read(path: Path) -> Portfolio:
    """Give what the last finished run in a store found; nothing is run, and the store is not changed.

    Raises:
        OutputError: it is no store of ours, or damaged.
    """
    with opened(path, create=False) as store:
        return Portfolio(_lines(store), Settings())


def _run(
    left: Sequence[Handed],
    settings: Settings,
    jobs: int,
    scheduler: str,
    store: Store,
    run: int,
    keys: dict[str, str],
    progress: Callable[[int, int], None],
) -> None:
    if scheduler:
        from kientruc.portfolio.cluster import run_there

        results = run_there(left, settings, scheduler)
    else:
        results = run_here(left, settings, jobs)
    for count, (one, data) in enumerate(results, start=1):
        key = keys[one.name] if parse(data).lasting else ""
        store.keep(run, Row(one.name, one.kind, key, sha256(data)), data)
        progress(count, len(left))


def _lines(store: Store) -> tuple[Line, ...]:
    return tuple(Line(row.name, row.result, _told(store, row)) for row in store.last())


def _told(store: Store, row: Row) -> Told:
    try:
        return parse(store.data(row.result))
    except NotTold as error:
        raise store.damaged(str(error)) from None


def _depends(settings: Settings) -> str:
    """Spell what every result depends on beside its submission: format, tool, editions with their hash, settings."""
    ids = settings.editions or edition_ids()
    editions = [[id, api.edition(id).sha256] for id in ids]
    return canonical([FORMAT, __version__, editions, json.loads(json.dumps(settings.told()))]).decode()


def _key(one: Handed, depends: str) -> str:
    return sha256(canonical([one.name, one.kind, one.state, depends])) if one.state else ""
