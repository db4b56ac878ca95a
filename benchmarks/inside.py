"""What can only be measured inside a process: `python -m benchmarks.inside NAME ROOT...` prints seconds as JSON.

The parent starts one fresh process for each of these, so that nothing is warm that a user would find cold.
"""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from benchmarks import generate


def loading(root: Path) -> Mapping[str, float]:
    """Loading, beside its floor: libyaml's events of the same files plus pydantic's validation of the same data.

    The data are taken from the loader itself, as it hands them to pydantic; the collector is off for both.
    """
    from kientruc.loading import load

    build: Any = importlib.import_module("kientruc.loading.build")  # the package has a function of this name too
    parser_of = importlib.import_module("yaml.cyaml").CParser
    files = (root, *sorted((root.parent / "architecture").glob("*.yaml")))
    texts = [path.read_text(encoding="utf-8") for path in files]
    seen: list[tuple[Any, Any]] = []
    real = build.adapter

    class Recorder:
        """Keeps what goes in, and hands it on."""

        def __init__(self, model: Any) -> None:
            self.adapter = real(model)

        def validate_python(self, data: Any) -> Any:
            seen.append((self.adapter, data))
            return self.adapter.validate_python(data)

    def events() -> None:
        for text in texts:
            parser = parser_of(text)
            while parser.get_event() is not None:
                pass
            parser.dispose()

    def validation() -> object:
        return [adapter.validate_python(data) for adapter, data in seen]

    build.adapter = Recorder
    load(root)
    build.adapter = real
    return _side_by_side(5, False, events=events, validation=validation, loading=lambda: load(root))


def growth(small: Path, large: Path) -> Mapping[str, float]:
    """Load and check, at two sizes in one process."""
    from kientruc import api

    def checked(root: Path) -> None:
        loaded = api.load(root)
        api.check(loaded, "", api.day("", loaded))

    return _side_by_side(
        3,
        True,
        load_small=lambda: api.load(small),
        load_large=lambda: api.load(large),
        check_small=lambda: checked(small),
        check_large=lambda: checked(large),
    )


def picture(root: Path) -> Mapping[str, float]:
    """The layered picture of a loaded architecture, once, in a process that has drawn nothing before."""
    from kientruc import api, renderers, views

    loaded = api.load(root)
    assert loaded.architecture is not None
    for package in (renderers, views):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    began = process_time()
    api.spell_view(api.view(loaded, "layered", "vi"), "svg", "slide")
    drawn = process_time()
    api.spell_view(api.view(loaded, "layered", "vi"), "png", "slide")
    return {"svg": drawn - began, "png": process_time() - drawn}


def network() -> Mapping[str, float]:
    """A network of 60 boxes and 73 lines on A3 with the engine loaded; and loading it, compiled before."""
    from benchmarks.networks import network as picture
    from kientruc.renderers.layered_parts import A3
    from kientruc.renderers.network_scene import scene

    scene(picture(3), A3)  # compiles, if nobody has before
    graphviz_wasm: Any = importlib.import_module("kientruc.renderers.graphviz_wasm")
    graphviz_wasm._module.cache_clear()
    began = process_time()
    graphviz_wasm._module()
    loaded = process_time()
    scene(picture(60), A3)
    return {"network": process_time() - loaded, "engine": loaded - began}


def papers() -> Mapping[str, float]:
    """A long paper in each format."""
    from benchmarks.papers import measured

    return measured()


def watching() -> Mapping[str, float]:
    """From a save to what is told of it."""
    from benchmarks.watching import measured

    return measured()


def difference(small: Path, large: Path) -> Mapping[str, float]:
    """Two loaded versions compared, at two sizes: nothing said the same, and every id and name changed a little."""
    from kientruc import api
    from kientruc.model.architecture import Architecture

    def loaded(root: Path) -> Architecture:
        architecture = api.load(root).architecture
        assert architecture is not None
        return architecture

    ways: dict[str, Callable[[], object]] = {}
    for name, root in (("small", small), ("large", large)):
        old, size, folder = loaded(root), int(root.parent.name), root.parent
        other = loaded(generate.write(folder / "other", size, seed=2))
        renamed = loaded(_renamed(generate.write(folder / "renamed", size)))
        ways[f"diff_{name}"] = partial(api.diff, old, other)
        ways[f"renames_{name}"] = partial(api.diff, old, renamed)
    return _side_by_side(3, True, **ways)


def _renamed(root: Path) -> Path:
    """Give every element another id, a word more in its name, and nothing else to know it by."""
    for path in (root.parent / "architecture").glob("phan-*.yaml"):
        text = re.sub(r"\be-(\d+)\b", r"f-\1", path.read_text(encoding="utf-8"))
        text = re.sub(r"( số \d+)$", r" mới\1", text, flags=re.MULTILINE)
        path.write_text(re.sub(r"    codes: .*\n", "", text), encoding="utf-8", newline="\n")
    return root


def _side_by_side(rounds: int, collecting: bool, **ways: Callable[[], object]) -> Mapping[str, float]:
    """Take turns; give the median CPU time of each. `collecting` leaves the collector on, as a user has it."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            if not collecting:
                gc.disable()
            began = process_time()
            result = way()
            taken[name].append(process_time() - began)
            gc.enable()
            del result
    return {name: median(times) for name, times in taken.items()}


MEASURES: Mapping[str, Callable[..., Mapping[str, float]]] = {
    "loading": loading,
    "growth": growth,
    "picture": picture,
    "network": network,
    "papers": papers,
    "difference": difference,
    "watching": watching,
}

if __name__ == "__main__":
    print(json.dumps(MEASURES[sys.argv[1]](*map(Path, sys.argv[2:]))))
