"""`LazyMapping`: a mapping whose values are made when somebody first looks at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

V = TypeVar("V")

_UNMADE: Final[Any] = object()


class LazyMapping(Mapping[str, V], Generic[V]):
    """Has the keys that it was given, in their order; each value is made once."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], V]) -> None:
        """Take the keys, and what makes the value of one."""
        self._values: dict[str, V] = dict.fromkeys(keys, _UNMADE)
        self._make = make

    def __getitem__(self, key: str) -> V:
        """Return the value of a key."""
        value = self._values[key]
        if value is _UNMADE:
            self._values[key] = value = self._make(key)
        return value

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a key; its value is not made."""
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._values)
