"""What is made for the public or for officials: an architecture, its versions and its results, cut for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from kientruc.api.checking import Report, edition
from kientruc.loading import Loaded
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Access

if TYPE_CHECKING:
    from kientruc.cutting import Cut

ACCESS = tuple(one.value for one in Access)
SECRETS = "huong-dan-2026", "HD26-TT-02"  # the requirement that knows what secrets look like
FOLDERS = {Access.PUBLIC.value: "-cong-khai", Access.RESTRICTED.value: "-han-che"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An architecture as its readers may have it, and how it came to that; `cut` is None where all may be read."""

    loaded: Loaded
    cut: Cut | None = None

    @property
    def architecture(self) -> Architecture:
        """What the readers may have."""
        if self.loaded.architecture is None:
            raise ValueError("an architecture that did not load cannot be shown")
        return self.loaded.architecture

    @property
    def whole(self) -> Architecture:
        """All of it, for what is decided of the whole."""
        return self.cut.whole if self.cut else self.architecture

    @property
    def is_whole(self) -> bool:
        """Whether nothing was cut."""
        return self.cut is None or self.cut.is_whole

    def reports(self, reports: Sequence[Report]) -> tuple[Report, ...]:
        """Cut the reports on the whole: verdicts and counts stay as they are."""
        if self.cut is None or self.cut.is_whole:
            return tuple(reports)
        from kientruc.cutting import cut_result

        return tuple(
            replace(one, result=cut_result(one.result, one.edition, self.cut), architecture=self.cut.architecture)
            if one.edition
            else one
            for one in reports
        )

    def author_lines(self, lang: str, base: str = "") -> Iterator[str]:
        """Tell the author which texts were replaced, so that they can be worded anew: never for the readers."""
        from kientruc.cutting.redaction import ID

        for one in self.cut.withheld if self.cut else ():
            where = f"{base}{one.span}" if one.span else one.section
            key = "cut.renamed" if one.field == ID else "cut.reworded"
            yield text(key, lang, where=where, id=one.id or one.section, field=one.field)


def cut(loaded: Loaded, access: str, but: Collection[str] = ()) -> Shown:
    """Cut what was loaded for its readers: `public`, `internal`, or `restricted` for those who may read all.

    Args:
        but: ids of things that stay whatever they bear, for readers who own them.
    Raises:
        NotTold: the agency or the architecture itself is not for them.
    Example:
        >>> api.cut(loaded, "internal").is_whole
        True
    """
    return cut_versions((loaded,), access, but)[0]


def cut_versions(versions: Sequence[Loaded], access: str, but: Collection[str] = ()) -> tuple[Shown, ...]:
    """Cut versions of one architecture: what one of them keeps from the readers, none tells."""
    readers = Access(access)
    if readers is Access.RESTRICTED:
        return tuple(Shown(one) for one in versions)
    from kientruc.cutting.cut import above_ids
    from kientruc.cutting.cut import cut as cut_one

    whole = [one.architecture for one in versions]
    also = frozenset().union(*(above_ids(one, readers) for one in whole if one)) if len(whole) > 1 else frozenset()
    secret = _secret() if readers is Access.PUBLIC else lambda text: False
    shown = []
    for loaded, architecture in zip(versions, whole, strict=True):
        if architecture is None:
            raise ValueError("an architecture that did not load cannot be cut")
        made = cut_one(architecture, readers, secret, also, but)
        shown.append(Shown(loaded if made.is_whole else Loaded(made.architecture, (), (), 0, loaded.limits), made))
    return tuple(shown)


def owned(architecture: Architecture, body: str) -> frozenset[str]:
    """Give the ids of the elements that a body owns: what it may read of them whatever they bear."""
    return frozenset(one.id for one in architecture.elements.values() if body in (one.owner, *one.co_owners))


def folder(name: str, access: str) -> str:
    """Name the folder that an edition for some readers goes into, so that two never lie in one."""
    return name + FOLDERS.get(access, "")


@cache
def _secret() -> Callable[[str], bool]:
    """Make what finds secrets in a text, as the draft guide's requirement spells them."""
    import re2

    pack, id = SECRETS
    found = re2.Set.SearchSet()
    for check in edition(pack).requirements[id].checks:
        for one in check.patterns:
            found.Add(one.pattern)
    found.Compile()
    return lambda text: bool(found.Match(text))
