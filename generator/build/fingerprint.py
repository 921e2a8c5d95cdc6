"""Fingerprints: digests of all that a page depends on; equal ones mean equal pages.

Every page depends on `library_fingerprint`: a field, a title, a term or a template that changes
makes all pages again. The texts of the records are left out of it, since only a record's own page
and the data files print them: `batch_fingerprint` adds those that a batch prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from hashlib import blake2b
from typing import Any

from generator.base.site import Site
from generator.build.record_cache import configuration_digest
from generator.library.library import Library
from generator.markdown import Body
from generator.records.case import Case

_digest = partial(blake2b, digest_size=32)


def library_fingerprint(
    library: Library, site: Site, around: object, templates: Iterable[bytes]
) -> str:
    """Return the digest of all that any page shows, but for the texts of the records.

    `around` is what the shell of each page shows; `templates` are the bytes of each.
    """
    settings = {
        name: value
        for name, value in asdict(site).items()
        if name not in {"root", "content", "templates", "output", "cache"}
    }
    content = site.content.relative_to(site.root).as_posix()
    digest = _digest(_json([configuration_digest(library.model, {}), content, settings, around]))
    for template in templates:
        digest.update(_digest(template).digest())
    for case in library.cases.values():
        digest.update(_json(list(_facts(case))))
    for page in library.pages.values():
        digest.update(_json([page.name, page.path, page.title, asdict(page.body)]))
    digest.update(_json([library.as_of, library.current_ids, sorted(library.withheld_ids)]))
    return digest.hexdigest()


def batch_fingerprint(library_fingerprint: str, what: str, cases: Iterable[Case]) -> str:
    """Return the digest of a batch: the library's, its name, and the texts that its pages print."""
    digest = _digest(f"{library_fingerprint} {what}".encode())
    for case in cases:
        digest.update(_json([case.id, case.body.words]) + case.body.packed)
    return digest.hexdigest()


def _facts(case: Case) -> Iterator[object]:
    """Yield all that a record says, but for the words of its text and where its links stand."""
    yield from (case.id, case.path, case.values, case.new_terms)
    body: Body = case.body
    yield [[link.target, link.image, link.alt] for link in body.links]
    yield [body.anchors, bool(body.words)]


def _json(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
