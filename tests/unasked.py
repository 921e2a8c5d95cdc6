"""Whether the tests of building again could fail: for each question an edit that shows its note.

A question is shown by an edit after which a build leaves something old if nobody had noted that
question. `SHOWN` has such an edit for each; `tests/test_unasked.py` tries them all in every run.
`python tests/unasked.py [QUESTION ...]` does the same, and prints what stayed old.

For a new question `--search` finds an edit, if there is one among `edits`. From the notes of a
build it works out what would stay old without each of them, so one build serves for all questions;
what it finds so is tried. Where it finds none, add an edit, or ask yourself whether the question is
always asked beside another that changes with it: then it need not be a question.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from edited_library import (
    LIBRARIES,
    Garden,
    answers_of,
    build,
    built,
    clean_build,
    differing,
    forget,
    memory,
    site_of,
)
from edits import EDITS, LONG_EDITS, Edit
from generator.build.build_options import BuildOptions
from generator.build.check import check_site
from generator.library.questions import QUESTIONS, Answer, digest
from generator.store.last_build import LastBuild

ALL_EDITS: Mapping[str, Mapping[str, Edit]] = {
    "short": EDITS,
    "counting": EDITS,
    "long": LONG_EDITS,
}
"""The edits by the name of the library that they are for."""

INPUTS = ("content", "templates", "site_config.yml", "base.yml")
"""What a build reads, in the folder of a library."""


class Edited(NamedTuple):
    """An edit of one of `LIBRARIES`, and the edits before the build that it is compared with."""

    edit: str
    library: str = "short"
    before: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the edit in words."""
        return f"{self.edit} (after {', '.join(self.before)})" if self.before else self.edit


SHOWN: Mapping[str, Edited] = {
    "_all_named": Edited("relation"),
    "_answer_numbers": Edited("answer withdrawn"),
    "_cases_with_response": Edited("response to what another met"),
    "_counted": Edited("title that moves"),
    "_current_ids": Edited("former"),
    "_entries": Edited("address of a source"),
    "_examples": Edited("long_title_of_an_example", "long", ("long_example", "long_examples")),
    "_filled": Edited("field that a full record needs"),
    "_fluid_terms": Edited("place of a new partner"),
    "_ids": Edited("title that moves"),
    "_named_by": Edited("relation"),
    "_only_place": Edited("claim of another term"),
    "_originals": Edited("translation of another"),
    "_rare_term": Edited("way of a claim"),
    "_terms_in_entries": Edited("way of a claim, which another says", "counting"),
    "_title": Edited("title that moves"),
    "_value_term": Edited("capitals of a new partner"),
    "all_claims": Edited("kind that counts as well"),
    "amount_ranking": Edited("number"),
    "amount_summary": Edited("number"),
    "amounts": Edited("number"),
    "answer_counts": Edited("term of a counted case that is unknown"),
    "card": Edited("title that moves"),
    "case_words": Edited("words"),
    "cases_by_answer": Edited("claim of another term", "counting"),
    "cases_naming": Edited("way of a claim"),
    "cases_with_response": Edited("response to what another met"),
    "claims": Edited("trade of a partner"),
    "claims_of_all": Edited("evidence dropped"),
    "count": Edited("term in another list"),
    "counts": Edited("way of a claim"),
    "examples_naming": Edited("country of an example"),
    "is_long": Edited("long_translation", "long", ("long_example",)),
    "listed": Edited("long_title", "long", ("long_more",)),
    "mentions": Edited("trade of a partner"),
    "mentions_on_page": Edited("long_title", "long", ("long_more",)),
    "named": Edited("size of a harvest"),
    "newest_records": Edited("day of an update"),
    "numbered_cases": Edited("id that comes first"),
    "outline": Edited("period goes on"),
    "page": Edited("page"),
    "_page_names": Edited("page_more"),
    "periods": Edited("period unknown"),
    "periods_on_page": Edited("long_period", "long", ("long_more",)),
    "related": Edited("way of a claim"),
    "relations": Edited("relation"),
    "successes": Edited("success of another harvest"),
    "targets": Edited("heading like a part of the page"),
    "terms": Edited("term in another list"),
    "updated": Edited("day of an update"),
    "used_terms": Edited("new partner of a case"),
    "values_of_all": Edited("period unknown"),
    "version": Edited("words"),
    "vocabulary_ids": Edited("new partner of a case"),
    "vocabulary_term": Edited("capitals of a new partner"),
}
"""For each question an edit that shows that it is noted."""


@dataclass(slots=True)
class Trials:
    """Libraries before and after edits, each made once, and builds of them without some notes."""

    folder: Path
    number: int = 0
    _built: dict[tuple[str, tuple[str, ...]], Garden] = field(default_factory=dict)
    _edited: dict[Edited, tuple[Garden, dict[str, bytes]]] = field(default_factory=dict)

    def built(self, edited: Edited) -> Garden:
        """Return the library as it was built before an edit."""
        key = edited.library, edited.before
        if key not in self._built:
            root = LIBRARIES[edited.library](self._place())
            self._built[key] = garden = Garden(root, random.Random(9))  # noqa: S311
            for edit in edited.before:
                ALL_EDITS[edited.library][edit](garden)
            assert build(root).batches, edited
        return self._built[key]

    def edited(self, edited: Edited) -> tuple[Garden, dict[str, bytes]]:
        """Return the library after an edit, and what a build from nothing makes of it."""
        if edited not in self._edited:
            garden = self.copy(edited)
            ALL_EDITS[edited.library][edited.edit](garden)
            self._edited[edited] = garden, clean_build(garden.root)[1]
        return self._edited[edited]

    def copy(self, edited: Edited) -> Garden:
        """Return a copy of the library as it was before an edit, and of what was kept of it.

        The site itself is left out, which doubles what was kept.
        """
        leave = shutil.ignore_patterns("site")
        root = shutil.copytree(self.built(edited).root, self._place(), ignore=leave)
        return Garden(root, random.Random(9))  # noqa: S311

    def stale(self, edited: Edited, question: str = "") -> list[str]:
        """Return what stays old after an edit if nobody had noted a question."""
        (after, wanted), root = self.edited(edited), self.copy(edited).root
        if question:
            forget(root, question)
        for name in INPUTS:
            if (root / name).is_dir():
                shutil.rmtree(root / name)
                shutil.copytree(after.root / name, root / name)
            else:
                shutil.copy(after.root / name, root / name)
        build(root)
        stale = differing(built(root), wanted)
        shutil.rmtree(root)
        return stale

    def _place(self) -> Path:
        self.number += 1
        return self.folder / str(self.number)


# ---- the search ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Noted:
    """What a build noted, and its files."""

    last: LastBuild
    answers: Mapping[int, Answer]
    files: Mapping[str, bytes]

    def pieces(self) -> dict[tuple[str, ...], tuple[bytes, bytes, bytes]]:
        """Return each page and each part of a data file: its identity, its bytes, what it asked."""
        pieces: dict[tuple[str, ...], tuple[bytes, bytes, bytes]] = {
            (path,): (page.identity, self.files[path], page.asked)
            for path, page in self.last.pages.items()
        }
        for path, parts in self.last.parts.items():
            start = 0
            for part in parts:
                content = self.files[path][start : start + part.size]
                pieces[path, part.name] = b"", content, part.asked
                start += part.size
        return pieces


def noted(root: Path) -> Noted:
    """Return what was noted in the last build of a library, and its files."""
    last = memory(root).load()
    return Noted(last, answers_of(last), built(root))


def unnoted(before: Noted, after: Noted, now: Mapping[int, bytes]) -> Iterator[str]:
    """Yield the questions without whose notes something old would stay after an edit.

    `now` are the digests of the present answers to the questions of the time before.
    """
    asked = {n: set(array("Q", answer.asked)) for n, answer in before.answers.items()}
    other = {n for n, answer in before.answers.items() if now.get(n) != answer.digest}
    old, new = before.pieces(), after.pieces()
    differing = [
        set(array("Q", old[name][2]))
        for name in old.keys() & new
        if old[name][0] == new[name][0] and old[name][1] != new[name][1]
    ]
    for question in sorted({before.answers[number].key[0] for number in other}):
        hidden = {n for n, answer in before.answers.items() if answer.key[0] == question}
        changed = {n for n in other if not asked[n]}
        while more := {n for n in other - changed if (asked[n] - hidden) & changed}:
            changed |= more
        if any((each - hidden).isdisjoint(changed) for each in differing):
            yield question


def answers_now(root: Path, answers: Mapping[int, Answer]) -> dict[int, bytes]:
    """Return the digests of the answers to questions now; what is gone has none."""
    library = check_site(site_of(root), BuildOptions()).library
    now: dict[int, bytes] = {}
    for number, answer in answers.items() if library else ():
        with suppress(LookupError):
            now[number] = digest(QUESTIONS[answer.key[0]](library, *answer.key[1:]))
    return now


def every_edit() -> Iterator[Edited]:
    """Yield each edit of a library; of the long one also after one or two others."""
    yield from map(Edited, EDITS)
    for number in range(3):
        for before in combinations(LONG_EDITS, number):
            yield from (Edited(edit, "long", before) for edit in LONG_EDITS)


def search(
    questions: set[str], trials: Trials, edits: Iterable[Edited]
) -> Iterator[tuple[str, Edited, list[str]]]:
    """Yield the first of some edits that shows each question, and what stays old then."""
    left = set(questions)
    for edited in edits:
        before, garden = noted(trials.built(edited).root), trials.copy(edited)
        ALL_EDITS[edited.library][edited.edit](garden)
        # Where an error stands in the way, or all is made again, no note tells anything.
        if left and build(garden.root).batches:
            after = noted(garden.root)
            if before.last.settings == after.last.settings:
                found = unnoted(before, after, answers_now(garden.root, before.answers))
                for question in left.intersection(found):
                    if stale := trials.stale(edited, question):
                        left.discard(question)
                        yield question, edited, stale
        shutil.rmtree(garden.root)


def main() -> int:
    """Print which edit shows each question; return 1 if one is shown by none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", nargs="*", help="only these questions")
    parser.add_argument("--search", action="store_true", help="try every edit there is")
    options = parser.parse_args()
    questions, began = set(options.questions or QUESTIONS), time.monotonic()
    left = set(questions)
    with TemporaryDirectory() as folder:
        trials = Trials(Path(folder))
        listed = (
            (question, SHOWN[question], trials.stale(SHOWN[question], question))
            for question in sorted(questions & SHOWN.keys())
        )
        found = search(questions, trials, every_edit()) if options.search else listed
        for question, edited, stale in found:
            if stale:
                left.discard(question)
                more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
                print(f"{question}: {edited}: {stale[0]}{more}", flush=True)
    for question in sorted(left):
        print(f"{question}: NOT SHOWN", flush=True)
    print(f"{len(questions) - len(left)} of {len(questions)}, {time.monotonic() - began:.0f} s")
    return bool(left)


if __name__ == "__main__":
    os.environ["CASEBOOK_CACHE_KEY"] = "of the tests"
    sys.exit(main())
