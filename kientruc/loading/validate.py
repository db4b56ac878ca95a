"""Values through pydantic: what is right comes back, what is wrong comes back as its problems."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError


def errors_of(model: type[BaseModel], data: Any) -> list[Any]:
    """Give the problems of one value, none if it is right."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []
