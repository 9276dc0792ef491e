"""What is found out about a page once and asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from casereview.model import Page

T = TypeVar("T")


def once_a_page(find: Callable[[Page], T]) -> Callable[[Page], T]:
    """``find``, whose answer lies beside the page as long as there is this page; nobody may change
    it.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def known(page: Page) -> T:
        beside = page.__dict__
        if name not in beside:
            beside[name] = find(page)
        found: T = beside[name]
        return found

    return known
