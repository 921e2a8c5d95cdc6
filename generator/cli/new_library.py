"""A new library: a folder with a model, settings, and what GitHub or GitLab runs on each change.

What is copied is data of the program: `starters/minimal` is the small model, `starters/files` are
the other files, with `$name` and the like for what the new library is called. To add a file, put it
there and name it in `FILES`. What there is in another language stands beside the English, with the
tag of the language in its name: `minimal.fr`, `README.fr.md`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from generator import __version__
from generator.base.names import reason_no_page_name, slug
from generator.base.problem import errors
from generator.hosts.config import load_site
from generator.pages.theme_files import packaged_model_folder

STARTERS: Final = Path(__file__).parent / "starters"
MODELS: Final = ("minimal", "shipped")
FILES: Final = {
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "site.yml": ".github/workflows/site.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
}
"""The files beside the content: their names among the starters and in a library."""

_NAMES: Final = "\nnames: true\n"
_OPEN: Final = "\nopen: true"
_MARKS: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#&|"})
"""Signs that Markdown would read as its own."""

_REQUIREMENT: Final = f"""\
# What CI installs. If your casebook comes from a repository of git, name it in this way:
# casebook @ git+https://ADDRESS@TAG
casebook=={__version__}
"""


class NoLibraryError(Exception):
    """No library can be made; `option` is the word of the command that has to change."""

    def __init__(self, option: str, message: str) -> None:
        """Take the option, and what is wrong with it and the remedy."""
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLibrary:
    """What a library is called, its language, whose it is, and the model that it begins with."""

    name: str
    language: str
    organisation: str
    model: str


def make_library(folder: Path, library: NewLibrary) -> tuple[str, ...]:
    """Make the files of a library in a folder that is not there, or empty; return their paths.

    All are there or none. Raises NoLibraryError where the folder has something in it, or cannot be
    written, or where the settings would refuse what is asked.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NoLibraryError("DIR", f"'{folder}' is no folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise NoLibraryError("DIR", f"'{folder}' is not empty; name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".casebook-", dir=folder.parent) as scratch:
            new = Path(scratch) / "library"
            _write_all(new, library)
            for problem in errors(load_site(new / "site_config.yml")[1]):
                hint = f"; {problem.hint}" if problem.hint else ""
                raise NoLibraryError("--language", f"{problem.message}{hint}")
            paths = sorted(f.relative_to(new).as_posix() for f in new.rglob("*") if f.is_file())
            if folder.is_dir():
                folder.rmdir()
            new.rename(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise NoLibraryError("DIR", f"'{folder}' cannot be written: {reason}") from error
    return tuple(paths)


def _write_all(new: Path, library: NewLibrary) -> None:
    """Write the content, the settings and the other files into a new folder."""
    content = new / "content"
    minimal = _in_language(STARTERS / "minimal", library.language)
    source = minimal if library.model == "minimal" else packaged_model_folder()
    content.mkdir(parents=True)
    shutil.copyfile(source / "record.yml", content / "record.yml")
    shutil.copytree(source / "vocabulary", content / "vocabulary")
    for file in (content / "vocabulary").iterdir():
        without_names(file)
    words = _model_words(content / "record.yml")
    (content / words["folder"]).mkdir()
    _write(content / words["folder"] / ".gitkeep", "")
    _write(new / "site_config.yml", _settings(library))
    _write(new / "requirements.txt", _REQUIREMENT)
    named = {"name": library.name.translate(_MARKS), **words}
    for name, path in FILES.items():
        text = _in_language(STARTERS / "files" / name, library.language).read_text("utf-8")
        is_page = path == "README.md"  # in the others a dollar is their own
        filled = Template(text).substitute(named) if is_page else text
        _write(new / path, filled)


def without_names(file: Path) -> None:
    """Empty a vocabulary of names: its terms are organisations of another library."""
    head, terms, _ = file.read_text("utf-8").partition("\nterms:")
    if terms and _NAMES in f"{head}\n" and _OPEN in head:
        _write(file, f"{head}\nterms: []\n")


def _model_words(record: Path) -> dict[str, str]:
    """Return what a model calls its records: the name of one, and of their folder."""
    wanted = {"name": "record", "folder": "folder"}
    words = {}
    for line in record.read_text("utf-8").splitlines():
        key, _, value = line.partition(": ")
        if key in wanted and wanted[key] not in words:
            words[wanted[key]] = value.strip()
    return words


def _in_language(starter: Path, language: str) -> Path:
    """Return a starter in a language, where there is one; else the English one."""
    tag = language.casefold().partition("-")[0]
    translated = starter.with_name(f"{starter.stem}.{tag}{starter.suffix}")
    return translated if translated.exists() else starter


def _settings(library: NewLibrary) -> str:
    """Return the settings; what was typed stands in double quotes, as JSON and YAML have them."""
    lines = [
        "# What the site is. The page docs/adapting.md of casebook says what can stand here.",
        "",
        f"site_name: {_quoted(library.name)}",
        "docs_dir: content",
        "site_dir: site",
        "theme: {name: casebook}",
        "use_directory_urls: false",
        "plugins:",
        "  - casebook:",
        f"      language: {_quoted(library.language)}",
        f"      organisation: {_quoted(library.organisation)}" if library.organisation else "",
    ]
    return "\n".join([line for number, line in enumerate(lines) if line or number == 1]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def library_name(folder: Path, name: str) -> str:
    """Return the name of a library: as it was given, else that of its folder."""
    title = " ".join((name or folder.absolute().name).split())
    if reason := reason_no_page_name(slug(title)):
        raise NoLibraryError("--name", f"'{title}' cannot name a library: {reason}")
    return title
