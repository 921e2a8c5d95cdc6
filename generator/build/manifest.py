"""The build manifest: a digest of every input of the last build, and what it produced.

If the digest is unchanged, nothing is parsed or rendered: the batches named in the manifest are
taken from the page cache.

A manifest is believed only if it is signed with this user's secret, was saved by this very program
under the same settings and options, and every file that a build reads is as it was. It lies in the
page cache, under the secret of this program's version, so that no other version reads it.
"""

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
from generator.pages.render import template_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRecord:
    """What a build produced: its batches with a key, its pictures, its problems, its numbers."""

    batches: tuple[Batch, ...]
    pictures: tuple[str, ...]
    problems: tuple[Problem, ...]
    cases: int
    examples: int
    pages: int


class Manifest:
    """The manifest of the last build of a site, compared with the files as they are now."""

    def __init__(self, site: Site, options: Sequence[object], key: bytes) -> None:
        """Read the manifest and look at every input file; `options` are those of the build."""
        # Another version of the program may have saved another form.
        self.page_cache = PageCache(site.cache, sign(key, program_digest().encode()))
        self._saved = self.page_cache.read_manifest()
        folder, _ = model_folder(site)
        places = [site.root / site.path, site.content, template_folder(site.templates)]
        if not folder.is_relative_to(site.content):
            places.append(folder)
        settings = [program_digest(), sys.version, asdict(site), *options]
        self._settings = json.dumps(settings, default=str).encode()
        self._digest_inputs = partial(digest_inputs, places, key)
        self._inputs = self._digest_inputs(self._saved.get("files", {}))

    def last_build(self, make: Callable[[], Iterable[Batch]]) -> BuildRecord | None:
        """Return what the last build produced, if it was made of these very files.

        `make` makes all batches anew, should one in the cache prove to be damaged.
        """
        saved = self._saved
        if self._inputs is None or saved.get("digest") != self._digest(self._inputs):
            return None
        if not self.page_cache.has_all([key for _, _, key in saved["batches"]]):
            return None
        fresh = cache(lambda: {batch.key: batch for batch in make()})
        return BuildRecord(
            batches=tuple(
                Batch(kind, tuple(paths), partial(_fresh_batch, fresh, key), key)
                for kind, paths, key in saved["batches"]
            ),
            pictures=tuple(saved["pictures"]),
            problems=tuple(
                Problem(**{**p, "severity": Severity(p["severity"])}) for p in saved["problems"]
            ),
            **saved["numbers"],
        )

    def save(self, record: BuildRecord | None) -> None:
        """Save the manifest of this build, or delete the last one where there is no record.

        It is deleted too if an input file changed while the site was made: what was made of it then
        is not what its digest says.
        """
        before = self._inputs
        now = self._digest_inputs(before.files) if before else None
        if record is None or before is None or now is None or now.digest != before.digest:
            self.page_cache.delete_manifest()
            return
        self.page_cache.write_manifest(
            {
                "digest": self._digest(before),
                "files": before.files,
                "batches": [[batch.kind, batch.paths, batch.key] for batch in record.batches],
                "pictures": record.pictures,
                "problems": [asdict(problem) for problem in record.problems],
                "numbers": {
                    "cases": record.cases,
                    "examples": record.examples,
                    "pages": record.pages,
                },
            }
        )

    def _digest(self, inputs: Inputs) -> str:
        return blake2b(self._settings + inputs.digest.encode(), digest_size=32).hexdigest()


def load_manifest(site: Site, *options: Any) -> Manifest | None:  # noqa: ANN401 - whatever JSON can hold
    """Return the manifest of the last build; None without a secret to verify it by."""
    key = load_key()
    return Manifest(site, options, key) if key else None


def _fresh_batch(fresh: Callable[[], dict[str, Batch]], key: str) -> Iterable[Document]:
    """Return a batch that is made anew because the cache holds it damaged or not at all."""
    if batch := fresh().get(key):
        return batch
    raise OSError("a file was changed while the site was made of it")
