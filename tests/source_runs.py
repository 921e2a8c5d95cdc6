"""Runs of eight words, by which a test knows words that were copied from a source.

The sources are not kept here, only a digest of each run of words in them. To renew the digests:

    python tests/source_runs.py FOLDER_OF_SOURCES

The folder holds `.md` and `.txt` files: the abstracts from which the library's editor wrote the
records of `content/cases/`, and the note from which the examples come.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LENGTH = 8
NAMES = 3
"""So many words of a run may be names or numbers: lists of places and titles of laws are facts."""

DIGESTS = Path(__file__).parent / "source_runs.txt"

WORD = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['’-][^\W\d_]+)*")


def runs(text: str) -> Iterator[str]:
    """Yield each run of eight words in small letters, but those made up mostly of names."""
    found = WORD.findall(text)
    for at in range(len(found) - LENGTH + 1):
        run = found[at : at + LENGTH]
        if sum(word[0].isdigit() or word[0].isupper() for word in run) <= NAMES:
            yield " ".join(run).casefold()


def digest(run: str) -> str:
    """Return five bytes of a run's digest, as hexadecimal digits: enough for some 10,000 runs."""
    return hashlib.blake2b(run.encode(), digest_size=5).hexdigest()


def main(folder: str) -> None:
    """Write the digests of all runs in the files of a folder and of the folders in it."""
    files = [file for file in sorted(Path(folder).rglob("*")) if file.suffix in {".md", ".txt"}]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    prose = [line for line in lines if "http" not in line and not line.startswith("title:")]
    digests = {digest(run) for line in prose for run in runs(line)}
    DIGESTS.write_text("".join(f"{one}\n" for one in sorted(digests)), "ascii")
    print(f"{len(files)} files, {len(digests)} runs of {LENGTH} words")


if __name__ == "__main__":
    main(*sys.argv[1:])
