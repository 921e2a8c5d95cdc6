"""`WholeCases`: cases with all their words, each looked up when somebody asks for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping

from generator.records.case import Case
from generator.store.record_cache import RecordCache

_LATEST = 50
"""So many cases are kept at hand: the same one is often asked for several times in a row."""


class WholeCases:
    """Adds its words to the outline of a case.

    They come from the record cache, where nothing is withheld of the case; of the others they are
    in memory.
    """

    def __init__(
        self,
        cache: RecordCache,
        parsed_again: Callable[[str, str | None], Case | None],
        keys: Mapping[str, str] | None = None,
    ) -> None:
        """Take the cache, and what parses a file whose row has been lost meanwhile.

        `keys` are those of rows, by the paths of the files; more come with `add`.
        """
        self._cache = cache
        self._parsed_again = parsed_again
        self.keys = dict(keys or {})
        self._held: dict[str, Case] = {}
        self._latest: OrderedDict[str, Case] = OrderedDict()

    def add(self, path: str, key: str, case: Case | None) -> None:
        """Add a file with the key of its row, or with the case that has none."""
        if case:
            self._held[path] = case
        else:
            self.keys[path] = key

    def __call__(self, outline: Case) -> Case:
        """Return the case of an outline; OSError where its file is another by now."""
        path = outline.path
        if whole := self._held.get(path) or self._latest.get(path):
            return whole
        key = self.keys.get(path)
        whole = (self._cache.words(key, outline) if key else None) or self._again(outline, key)
        self._latest[path] = whole
        if len(self._latest) > _LATEST:
            self._latest.popitem(last=False)
        return whole

    def _again(self, outline: Case, key: str | None) -> Case:
        """Parse a file that never had a row, or whose row is deleted or damaged by now."""
        case = self._parsed_again(outline.path, key)
        if case is None:
            raise OSError(f"'{outline.path}' was changed while the site was made of it")
        return case
