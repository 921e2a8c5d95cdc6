"""Owns what one build notes for the next: the same files are made into the same site again."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from hashlib import blake2b
from typing import Any

from generator.base.document import Batch, Document
from generator.base.problem import Problem, Severity
from generator.base.site import Site
from generator.build.input_files import Inputs, digest_inputs
from generator.build.load import model_folder
from generator.build.page_cache import PageCache
from generator.build.record_cache import program_digest
from generator.build.signing import load_key, sign
from generator.pages.render import templates


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build of these very files came to: its shares but pictures, its problems."""

    shares: tuple[Batch, ...]
    pictures: tuple[str, ...]
    problems: tuple[Problem, ...]
    cases: int
    examples: int
    pages: int


class Manifest:
    """The last build of a site, as far as it is known, and what it is built from now."""

    def __init__(self, site: Site, options: Sequence[object], key: bytes) -> None:
        """Look at every file that a build reads; `options` are those of the build."""
        # Another version of the program may have noted things in another form.
        self.keep = PageCache(site.cache, sign(key, program_digest().encode()))
        self._noted = self.keep.plan()
        folder, _ = model_folder(site)
        places = [site.root / site.path, site.content, templates(site.templates)]
        if not folder.is_relative_to(site.content):
            places.append(folder)
        settings = [program_digest(), sys.version, asdict(site), *options]
        self._under = json.dumps(settings, default=str).encode()
        self._look = partial(digest_inputs, places, key)
        self._inputs = self._look(self._noted.get("known", {}))

    def plan(self, make: Callable[[], Iterable[Batch]]) -> BuildRecord | None:
        """Return the plan of the last build, if it was of these very files.

        `make` makes all shares anew, for one that turns out not to be whole.
        """
        noted = self._noted
        if self._inputs is None or noted.get("of") != self._digest(self._inputs):
            return None
        if not self.keep.holds([key for _, _, key in noted["shares"]]):
            return None
        made = cache(lambda: {share.key: share for share in make()})
        return BuildRecord(
            tuple(
                Batch(kind, tuple(paths), partial(_one, made, key), key)
                for kind, paths, key in noted["shares"]
            ),
            tuple(noted["pictures"]),
            tuple(Problem(**{**p, "severity": Severity(p["severity"])}) for p in noted["problems"]),
            *noted["numbers"],
        )

    def note(self, plan: BuildRecord | None) -> None:
        """Note the plan of this build for the next, or that there is none to be kept.

        There is none either if a file was changed while it was made.
        """
        before = self._inputs
        now = self._look(before.known) if before else None
        if plan is None or before is None or now is None or now.digest != before.digest:
            self.keep.forget_plan()
        else:
            self.keep.note(
                {
                    "of": self._digest(before),
                    "known": before.known,
                    "shares": [[share.kind, share.paths, share.key] for share in plan.shares],
                    "pictures": plan.pictures,
                    "problems": [asdict(problem) for problem in plan.problems],
                    "numbers": [plan.cases, plan.examples, plan.pages],
                }
            )

    def _digest(self, found: Inputs) -> str:
        return blake2b(self._under + found.digest.encode(), digest_size=32).hexdigest()


def load_manifest(site: Site, *options: Any) -> Manifest | None:  # noqa: ANN401 - whatever JSON can hold
    """Return what is known of the last build; None without a secret to know it by."""
    key = load_key()
    return Manifest(site, options, key) if key else None


def _one(made: Callable[[], dict[str, Batch]], key: str) -> Iterable[Document]:
    if found := made().get(key):
        return found
    raise OSError("a file was changed while the site was made of it")
