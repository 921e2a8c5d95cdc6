"""A measure of the tests of building again: which questions they miss when nobody notes them.

`python tests/unasked.py [QUESTION ...]` edits the small library again and again. After each edit it
builds once more from the state before, as if one question had never been noted: pages that depend
on its answer stay as they were, and the site must differ from a clean one. A question that no edit
shows is one that nothing needs, or one that the edits do not exercise; `REDUNDANT` has the first.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from edited_library import (
    Garden,
    answers_kept,
    build,
    built,
    differing,
    forget,
    write_library,
    write_long_library,
)
from edits import EDITS, LONG_EDITS, Edit
from generator.library.questions import QUESTIONS

REDUNDANT: dict[str, str] = {}
"""Questions that need not be noted, each with the reason."""

INPUTS = ("content", "templates", "site_config.yml", "base.yml")
"""What a build reads, in the folder of a library."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A question that was not noted, the edit that shows it, and the files that stayed old."""

    question: str
    edit: str
    files: Sequence[str]


@dataclass(slots=True)
class Search:
    """The questions that no edit has shown yet, and how often each was tried."""

    left: set[str]
    tried: dict[str, int] = field(default_factory=dict)

    def after(
        self, garden: Garden, edits: Sequence[str], every: dict[str, Edit]
    ) -> Iterator[Noticed]:
        """Edit a library that was just built, and yield the questions that this shows."""
        with TemporaryDirectory() as folder:
            before = Path(folder) / "before"
            shutil.copytree(garden.root, before)
            answers = answers_kept(garden.root)
            for edit in edits:
                every[edit](garden)
            build(garden.root)
            later = answers_kept(garden.root)
            changed = {key[0] for key, answer in answers.items() if later.get(key) != answer}
            wanted = built(garden.root) if changed & self.left else {}
            for question in sorted(changed & self.left):
                self.tried[question] = self.tried.get(question, 0) + 1
                trial = Path(folder) / question
                shutil.copytree(before, trial)
                if files := stale_files(trial, garden.root, question, wanted):
                    self.left.discard(question)
                    yield Noticed(question, " + ".join(edits), files)
                shutil.rmtree(trial)


def stale_files(root: Path, edited: Path, question: str, wanted: dict[str, bytes]) -> list[str]:
    """Forget that a question was asked, build what was edited, and return what is not as wanted.

    `root` is the library before the edit, `edited` the one after it.
    """
    forget(root, question)
    for name in INPUTS:
        if (root / name).is_dir():
            shutil.rmtree(root / name)
            shutil.copytree(edited / name, root / name)
        else:
            shutil.copy(edited / name, root / name)
    build(root)
    return differing(built(root), wanted)


def search(questions: Sequence[str], *, seed: int, rounds: int) -> Iterator[Noticed]:
    """Yield the questions that edits show, each once; first one edit at a time, then several."""
    looking = Search(set(questions))
    chance = random.Random(seed)  # noqa: S311
    libraries: tuple[tuple[Callable[[Path], Path], dict[str, Edit]], ...] = (
        (write_library, EDITS),
        (write_long_library, LONG_EDITS),
    )
    for turn in range(rounds):
        for write, edits in libraries:
            with TemporaryDirectory() as folder:
                garden = Garden(write(Path(folder) / "root"), random.Random(seed + turn))  # noqa: S311
                build(garden.root)
                names = chance.sample(list(edits), len(edits))
                while names and looking.left:
                    size = 1 if turn == 0 else chance.choice([1, 2, 3])
                    yield from looking.after(garden, names[:size], edits)
                    del names[:size]


def main() -> int:
    """Print which edit shows each question; return 1 if one is shown by none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("questions", nargs="*", help="only these questions")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--rounds", type=int, default=4, help="how often all edits are tried")
    options = parser.parse_args()
    questions = options.questions or [name for name in QUESTIONS if name not in REDUNDANT]
    began, left = time.monotonic(), set(questions)
    for noticed in search(questions, seed=options.seed, rounds=options.rounds):
        left.discard(noticed.question)
        more = f" and {len(noticed.files) - 1} more" if len(noticed.files) > 1 else ""
        print(f"{noticed.question}: {noticed.edit}: {noticed.files[0]}{more}", flush=True)
    for question in sorted(left):
        print(f"{question}: NOT NOTICED", flush=True)
    print(f"{len(questions) - len(left)} of {len(questions)}, {time.monotonic() - began:.0f} s")
    return bool(left)


if __name__ == "__main__":
    os.environ["CASEBOOK_CACHE_KEY"] = "of the tests"
    sys.exit(main())
