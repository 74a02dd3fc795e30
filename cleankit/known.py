"""What was found out about short texts, for those that come again: menus, labels, names, lines after an edit."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


def known(size: int, longest: int) -> Callable[[Callable[Concatenate[str, P], R]], Callable[Concatenate[str, P], R]]:
    """Remember the last `size` answers of a pure function about texts of up to `longest` characters; of longer ones,
    which hardly come again, none is kept."""

    def decorate(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
        remembered = lru_cache(size)(function)

        @wraps(function)
        def answer(text: str, *args: P.args, **options: P.kwargs) -> R:
            # for the cache's types any argument may be one that cannot be remembered
            return (remembered if len(text) <= longest else function)(text, *args, **options)  # type: ignore[arg-type]

        return cast("Callable[Concatenate[str, P], R]", answer)

    return decorate
