"""The right shape of a value that was written as plain text: {value: 8, unit: trạm} for `8 trạm`. Each is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from kientruc.editing.spelling import Unwritable, flow, tidy
from kientruc.loading.keys import types_at
from kientruc.loading.meant import folded, heard, ours
from kientruc.model.element import Quantity
from kientruc.model.planning import Cost, Period
from kientruc.model.record import Unknown, adapter
from kientruc.model.values import Money

_AMOUNT = re.compile(r"(\D*?)\s*(\d[\d.,]*)\s*(.*)", re.DOTALL)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_YEARS = re.compile(r"\D*?(\d{4})(?:\D+(\d{4}))?\D*")


def shape(model: type[BaseModel], path: tuple[str | int, ...], value: object) -> str:
    """Spell the value as it should have been written under a path of a record; "" where nothing fits."""
    if not isinstance(value, str | int | Decimal):
        return ""
    for kind in types_at(model, path):
        for candidate in _candidates(kind, value):
            try:
                adapter(kind).validate_python(candidate)
                return flow(tidy(candidate))
            except (ValidationError, Unwritable):
                continue
    return ""


def is_money(model: type[BaseModel], path: tuple[str | int, ...], value: object) -> bool:
    """Tell whether an amount of money stands where it has to be told by year and fund."""
    if not any(get_origin(kind) is tuple and get_args(kind)[0] is Cost for kind in types_at(model, path)):
        return False
    try:
        adapter(Money).validate_python(value)
    except ValidationError:
        return False
    return True


def _candidates(kind: Any, value: str | int | Decimal) -> Iterator[Any]:
    """Give what may have been meant, the likeliest first."""
    if get_origin(kind) is tuple:
        yield [value]
        yield from ([inner] for inner in _candidates(get_args(kind)[0], value))
    elif kind is Quantity:
        yield from _quantity(str(value))
    elif kind is Period:
        yield from _period(str(value))
    elif isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not Unknown:
        yield from _only_field(kind, value)


def _quantity(words: str) -> Iterator[dict[str, object]]:
    """Read "8 trạm", "95,5 %", "hơn 8.000 tài khoản"."""
    found = _AMOUNT.fullmatch(words.strip())
    if not found:
        return
    before, digits, unit = found.groups()
    plain = digits.replace(".", "") if _THOUSANDS.fullmatch(digits.partition(",")[0]) else digits
    number = Decimal(plain.replace(",", ".").rstrip(".")) if plain.count(",") + plain.count(".") < 2 else None
    if number is None:
        return
    key = next((one for one in ("about", "over") if folded(before) in heard(one)), "" if before.strip() else "value")
    if key:
        exact: object = int(number) if number == number.to_integral_value() else number
        yield {key: exact} | ({"unit": unit} if unit else {})


def _period(words: str) -> Iterator[dict[str, object]]:
    """Read "2018-2020", "từ 2018 đến 2020", "năm 2018"."""
    if found := _YEARS.fullmatch(words):
        first, last = int(found[1]), int(found[2] or found[1])
        yield {"from": first, "until": last}


def _only_field(kind: type[BaseModel], value: str | int | Decimal) -> Iterator[dict[str, object]]:
    """Fill the one field that is needed; a name and a title are often written with a comma between them."""
    needed = [
        (field.alias or name, field.annotation) for name, field in kind.model_fields.items() if field.is_required()
    ]
    if len(needed) != 1:
        return
    ((key, wanted),) = needed
    name, comma, title = str(value).partition(",")
    if comma and "title" in kind.model_fields:
        yield {key: name.strip(), "title": title.strip()}
    yield {key: value}
    if word := ours(str(value), _words(wanted)):
        yield {key: word}


def _words(kind: Any) -> list[str]:
    """Give the words of a closed list."""
    if get_origin(kind) is Literal:
        return [str(word) for word in get_args(kind)]
    return [str(one.value) for one in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
