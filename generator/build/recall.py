"""`Recall`: what a build knows of the last one, and what it leaves to the next."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b

from generator.base.site import Site
from generator.build.build_options import BuildOptions, reference_date
from generator.build.check import CheckResult
from generator.build.last_check import LastCheck
from generator.build.load import model_folder
from generator.build.remake import Notes, Plan, answers_to_keep
from generator.library.collection import Collection
from generator.library.questions import Answers
from generator.model.record import Model
from generator.pages.page import Page
from generator.pages.theme_files import template_folder
from generator.records.plain_page import PlainPage
from generator.store.input_files import FileDigests, Inputs, digest_inputs
from generator.store.kept_collection import kept_collection
from generator.store.last_build import (
    COLLECTION,
    NAME,
    WORDS,
    KeptPage,
    KeptPart,
    LastBuild,
    Memory,
    memory_of,
)
from generator.store.record_cache import program_digest
from generator.store.signing import SIZE, load_key
from generator.store.whole_cases import WholeCases


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBuild:
    """What is to be remembered of a build beside what its batches note.

    `pages` are those with a file of their own; `taken` are the answers given before any was made.
    `number` is that of all pages.
    """

    checked: CheckResult
    pages: Sequence[Page]
    kept: Plan
    taken: Answers
    cases: int
    examples: int
    number: int


@dataclass(frozen=True, slots=True)
class Recall:
    """The last build of a site, `inputs` as they are now, and which files are as they were made.

    `believed` are the names of these files in the store.
    """

    site: Site
    options: BuildOptions
    memory: Memory
    last: LastBuild
    inputs: Inputs
    believed: frozenset[str]

    @property
    def is_current(self) -> bool:
        """Whether nothing has changed since the last build, and all its files are there."""
        same = self.inputs.digest == self.last.inputs and self.last.dates.holds_on(self.inputs.day)
        return same and self.believed.issuperset(self.last.names.values())

    def last_check(self) -> LastCheck | None:
        """Return what the last build found; None where files are gone that would be made of it."""
        last = self.last
        if not self.believed.issuperset(last.copies.values()):
            return None
        return LastCheck(
            frame=last.frame,
            rows=last.rows,
            problems=last.problems,
            pointed_at=last.pointed_at,
            dates=last.dates,
            collection=self._collection,
        )

    def _collection(
        self, model: Model, plain: tuple[PlainPage, ...], whole: WholeCases
    ) -> Collection | None:
        kept = self.memory.load_collection(self.last.collection_digest)
        return kept.collection(model, plain, whole) if kept else None

    def remember(self, build: MadeBuild, names: Mapping[str, str], notes: Iterable[object]) -> None:
        """Keep a build for the next: `names` are those of its files in the store, by path.

        Nothing is kept where an input was changed while the site was made of it, or where a problem
        is about a file of which something is withheld. The last build is forgotten in any case, and
        so are the files that this one has not.
        """
        checked, memory, notes = build.checked, self.memory, tuple(notes)
        reported = {problem.path for problem in checked.problems}
        now = look_at_inputs(self.site, self.options, self.inputs.files)
        if reported <= checked.quotable and now and now.digest == self.inputs.digest:
            memory.save(
                replace(
                    self._pages(build, names, notes),
                    settings=build.kept.settings,
                    inputs=self.inputs.digest,
                    frame=self.inputs.frame,
                    files=self.inputs.files,
                    collection_digest=self._keep_collection(checked),
                    words_digest=self._keep_words(notes),
                    pointed_at=checked.pointed_at,
                    dates=checked.dates,
                    rows=checked.rows,
                    problems=checked.problems,
                    cases=build.cases,
                    examples=build.examples,
                    number=build.number,
                )
            )
        else:
            memory.forget(NAME, COLLECTION, WORDS)
        memory.forget_leftovers()
        memory.keep_files(frozenset(names.values()))

    def _pages(
        self, build: MadeBuild, names: Mapping[str, str], notes: Iterable[object]
    ) -> LastBuild:
        """Return what the next build needs to know of pages and data files."""
        kept = build.kept
        segments = list(self.last.answers) if kept.same_settings else []
        segments += [build.taken.packed(), kept.present.packed()]
        asked = {path: page.asked for path, page in kept.pages.items()}
        parts: dict[str, tuple[KeptPart, ...]] = {}
        for each in notes:
            if isinstance(each, Notes):
                segments += [each.answers] if each.answers else []
                asked.update(each.asked)
                parts.update(each.parts)
        pages = {p.path: KeptPage(p.identity, asked[p.path], names[p.path]) for p in build.pages}
        # An old question may name what is withheld by now, unless only words were edited.
        tidy = kept.same_settings and build.checked.touched is None
        by_parts = [part.asked for each in parts.values() for part in each]
        return LastBuild(
            answers=answers_to_keep(segments, [*asked.values(), *by_parts], tidy=tidy),
            pages=pages,
            copies={path: name for path, name in names.items() if path not in pages},
            parts=parts,
        )

    def _keep_words(self, notes: Iterable[object]) -> str:
        """Keep the words in the index of the search if it was made again; return their digest."""
        words = [each.words for each in notes if isinstance(each, Notes) and each.words]
        return self.memory.save_words(words[0]) if words else self.last.words_digest

    def _keep_collection(self, checked: CheckResult) -> str:
        """Keep the collection of a build, and return its digest.

        None is kept where records are withheld: it holds their ids, an older one even their titles.
        """
        collection, touched = checked.collection, checked.touched
        if collection is None or collection.withheld_ids:
            self.memory.forget(COLLECTION)
            return ""
        before = self.memory.collection if touched else None
        return self.memory.save_collection(kept_collection(collection, before, touched))


def recall(site: Site, options: BuildOptions) -> Recall | None:
    """Return what is known of the last build; None where nothing may be kept between builds."""
    keeps = options.incremental and site.plain and not options.internal
    memory = memory_of(site) if keeps else None
    if memory is None:
        return None
    last = memory.load()
    inputs = look_at_inputs(site, options, last.files)
    if inputs is None:
        return None
    return Recall(site, options, memory, last, inputs, memory.store.believed(memory.load_stats()))


def look_at_inputs(site: Site, options: BuildOptions, known: FileDigests) -> Inputs | None:
    """Return the digests of all that a build depends on: files, settings, options, the program.

    None where only a full build knows what the files mean, or has to say that a day is none.
    """
    as_of, wrong_date = reference_date(site, options)
    if wrong_date:
        return None
    folder, _ = model_folder(site)
    places = [site.root / site.path, site.content, template_folder(site.templates)]
    if not folder.is_relative_to(site.content):
        places.append(folder)
    secret = load_key() or bytes(SIZE)  # without one, nothing of it is kept on disk
    inputs = digest_inputs(places, secret, known)
    if inputs is None:
        return None
    settings = [program_digest(), sys.version, asdict(site), options.internal, options.zip]
    return replace(
        inputs,
        digest=_digest([*settings, as_of, options.csp, inputs.digest]),
        frame=_digest([*settings, inputs.frame]),
        day=as_of or options.today,
    )


def _digest(values: Sequence[object]) -> str:
    return blake2b(repr(values).encode(), digest_size=32).hexdigest()
