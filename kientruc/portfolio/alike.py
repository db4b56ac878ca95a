"""What several provinces have or want alike: what is paid for twice, and what one could take over from another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from kientruc.model.kinds import Kind
from kientruc.portfolio.provinces import Province
from kientruc.portfolio.told import Offer

Alike = tuple[Literal["name", "role"], Kind | None, str]


class Member(NamedTuple):
    """One thing of one province; `submission` is the file it was handed in as."""

    province: Province
    submission: str
    offer: Offer


class Group(NamedTuple):
    """Things of several provinces that are alike: of one kind and name (`key`), or of one role, of any kind.

    `sort` is "invest" where several are new, "reuse" where one is new and others have it. `amount`, in đồng, is of the
    tasks that deliver the new ones, each once; `missing` counts those tasks, and new things without any task, of which
    nobody knows the amount.
    """

    how: Literal["name", "role"]
    kind: Kind | None
    key: str
    sort: Literal["invest", "reuse"]
    members: tuple[Member, ...]
    amount: int
    missing: int


def alike(all: Iterable[Province]) -> tuple[Group, ...]:
    """Find what is alike over provinces and new in at least one; the dearest first, then by key.

    A question to those who plan it, not a verdict: things of one name may differ, things of other names may not.
    """
    found: dict[Alike, list[Member]] = defaultdict(list)
    for province in all:
        for offer in province.told.offers:
            member = Member(province, province.last.name, offer)
            if offer.key:
                found["name", offer.kind, offer.key].append(member)
            if offer.role:
                found["role", None, offer.role].append(member)
    groups = list(_groups(found))
    named = {_ids(group) for group in groups if group.how == "name"}
    kept = (group for group in groups if group.how == "name" or _ids(group) not in named)
    return tuple(sorted(kept, key=lambda one: (one.sort, -one.amount, one.how, one.key, one.kind or "")))


def _groups(found: Mapping[Alike, list[Member]]) -> Iterator[Group]:
    for (how, kind, key), members in found.items():
        new = {one.province.id for one in members if one.offer.new}
        there = {one.province.id for one in members if "present" in (one.offer.before, one.offer.after)} - new
        if len(new) > 1 or (new and there):
            yield Group(how, kind, key, "invest" if len(new) > 1 else "reuse", tuple(members), *_money(members))


def _money(members: Iterable[Member]) -> tuple[int, int]:
    amounts: dict[tuple[str, str], int | None] = {}
    for one in members:
        if one.offer.new:
            tasks = {(one.province.id, task.id): task.amount for task in one.offer.tasks}
            amounts |= {id: None if amount is None else int(amount) for id, amount in tasks.items()}
            if not tasks:
                amounts[one.province.id, f"\0{one.offer.id}"] = None
    known = [amount for amount in amounts.values() if amount is not None]
    return sum(known), len(amounts) - len(known)


def _ids(group: Group) -> frozenset[tuple[str, str]]:
    return frozenset((one.province.id, one.offer.id) for one in group.members)
