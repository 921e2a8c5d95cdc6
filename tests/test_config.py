"""The configuration: what a `Site` holds, and the exact words for each mistake in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.hosts.config import Site, load_site
from generator.hosts.options import documented_options

GOOD = """\
site_name: Partnership cases
docs_dir: content
theme: {name: null, custom_dir: templates}
plugins:
  - casebook
"""
FULL = """\
site_name: Partnership cases
site_description: What was learned
site_author: The editor
site_url: https://example.org/cases
docs_dir: content
site_dir: public
theme: {name: null, custom_dir: templates}
repo_url: https://git.example/care/cases
edit_uri: edit/main/content
strict: true
nav:
  - about.md
  - Cases: cases/index.html
  - More: [{Start: README.md}, {CARE: https://example.org/}]
plugins:
  - casebook:
      language: fr-CA
      languages: [en, fr-CA, 'no']
      model: model/record.yml
      vocabulary: terms/
      licence: CC-BY-4.0
      default_visibility: internal
      begin: [countries, focus]
      matrices: [focus by countries, type  by sector]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with content and templates, for a configuration to name."""
    for folder in ("root/content/library", "root/templates/pages", "outside"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path / "root"


def complaints(root: Path, text: str | bytes) -> list[str]:
    """Return what is said about a configuration that holds `text`, as a terminal shows it."""
    file = root / "site_config.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(problem) for problem in load_site(file)[1]]


def good(root: Path, text: str) -> Site:
    """Return the site of a configuration without problems."""
    assert complaints(root, text) == []
    site, _ = load_site(root / "site_config.yml")
    assert site is not None
    return site


def test_defaults(root: Path) -> None:
    """A short configuration is enough."""
    assert good(root, GOOD) == Site(
        root=root,
        path="site_config.yml",
        name="Partnership cases",
        description="",
        author="",
        url="",
        language="en",
        languages=("en",),
        content=root / "content",
        templates=root / "templates",
        output=root / "site",
        cache=root / ".casebook-cache",
        model="record.yml",
        vocabulary="vocabulary",
        licence="",
        default_visibility="public",
        edit_url="",
        navigation=(),
        begin=(),
        matrices=(),
        plain=True,
        strict=False,
    )


def test_every_setting(root: Path) -> None:
    """Each setting and each option arrives, checked and in the form that the core expects."""
    assert good(root, FULL) == Site(
        root=root,
        path="site_config.yml",
        name="Partnership cases",
        description="What was learned",
        author="The editor",
        url="https://example.org/cases/",
        language="fr-CA",
        languages=("fr-CA", "en", "no"),
        content=root / "content",
        templates=root / "templates",
        output=root / "public",
        cache=root / ".casebook-cache",
        model="model/record.yml",
        vocabulary="terms",
        licence="CC-BY-4.0",
        default_visibility="internal",
        edit_url="https://git.example/care/cases/edit/main/content/",
        navigation=(
            ("", "about.html"),
            ("Cases", "cases/index.html"),
            ("Start", "index.html"),
            ("CARE", "https://example.org/"),
        ),
        begin=("countries", "focus"),
        matrices=(("focus", "countries"), ("type", "sector")),
        plain=True,
        strict=True,
    )


def test_inside_a_site_with_a_theme(root: Path) -> None:
    """The library's folder is its content, its part of the address and of the edit links."""
    text = """\
site_name: A handbook
site_url: https://example.org/
docs_dir: content
theme: material
repo_url: https://github.com/care/handbook
edit_uri: edit/main/content/
nav: [index.md]
hooks: [hooks.py]
markdown_extensions: [{pymdownx.emoji: {emoji_index: !!python/name:material.extensions.x }}]
plugins: [search, social, casebook: {folder: library}]
"""
    site = good(root, text)
    assert (site.plain, site.templates, site.navigation) == (False, None, ())
    assert site.content == root / "content/library"
    assert site.url == "https://example.org/library/"
    assert site.edit_url == "https://github.com/care/handbook/edit/main/content/library/"


def test_output_named_on_the_command_line(root: Path) -> None:
    """The folder of the command line replaces the one in the file."""
    (root / "site_config.yml").write_text(GOOD)
    site, _ = load_site(root / "site_config.yml", output=root / "elsewhere")
    assert site is not None
    assert site.output == root / "elsewhere"


def test_edit_address_that_mkdocs_guessed(root: Path) -> None:
    """MkDocs supposes pages in docs/ on a branch master: without edit_uri there is no link."""
    assert good(root, GOOD + "repo_url: https://github.com/care/cases\n").edit_url == ""


def test_environment_and_inheritance(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """!ENV and INHERIT mean what they mean to MkDocs."""
    monkeypatch.setenv("CASEBOOK_TEST_ADDRESS", "https://example.org/from-env/")
    (root / "parent.yml").write_text(GOOD)
    site = good(root, "INHERIT: parent.yml\nsite_url: !ENV [CASEBOOK_TEST_ADDRESS, '']\n")
    assert (site.name, site.url) == ("Partnership cases", "https://example.org/from-env/")


def test_code_in_a_tag_is_not_run(root: Path) -> None:
    """A tag that makes MkDocs's own loader run a program is refused, in an inherited file too."""
    attack = f"extra: !!python/object/apply:os.mkdir [{root}/made]\n"
    expected = (
        "{}:{}:8: error: '!!python/object/apply:os.mkdir' is a YAML tag, which is not read\n"
        "    hint: write the value itself; of tags, only !ENV has a meaning here"
    )
    (root / "parent.yml").write_text(attack)
    assert complaints(root, GOOD + attack) == [expected.format("site_config.yml", 6)]
    assert complaints(root, "INHERIT: parent.yml\n") == [expected.format("parent.yml", 1)]
    assert not (root / "made").exists()


def test_nothing_that_the_file_names_is_run(root: Path) -> None:
    """Hooks are not imported, and that they have no effect here is said."""
    (root / "hook.py").write_text(f"open({str(root / 'made')!r}, 'w')")
    assert complaints(root, GOOD + "hooks: [hook.py]\n") == [
        (
            "site_config.yml:6:1: warning: 'hooks' has no effect in casebook build\n"
            "    hint: take it out, or build with mkdocs build"
        )
    ]
    assert not (root / "made").exists()


def test_many_mistakes_at_once(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """All mistakes are told together, each at its place, and MkDocs itself says nothing."""
    text = """\
site_name: NO
docs_dir: contents
theme: {name: null, custom_dir: template}
site_url: example.org
strict: maybe
nava: []
plugins:
  - search
  - casebook:
      langage: en
      language: no
      languages: [en, ../fr]
      default_visibility: publik
      model: ../record.yml
      vocabulary: ''
      begin: {a: b}
      licence: 4
      search_bodies_max: -1
"""
    assert complaints(root, text) == [
        (
            "site_config.yml:1:12: error: 'site_name': expected type: <class 'str'> but received:"
            " <class 'bool'>\n    hint: write: site_name: the name of your library"
        ),
        (
            "site_config.yml:2:11: error: 'docs_dir': the path 'contents' isn't an existing"
            " directory\n"
            "    hint: name the folder of your content, and make it if it is not there"
        ),
        (
            "site_config.yml:3:8: error: 'theme': the path set in custom_dir ('template') does not"
            f" exist\n    hint: {THEME}"
        ),
        (
            "site_config.yml:4:11: error: 'site_url': the URL isn't valid, it should include the"
            f" http:// (scheme)\n    hint: {MANUAL}#site_url"
        ),
        (
            "site_config.yml:5:9: error: 'strict': expected type: <class 'bool'> but received:"
            f" <class 'str'>\n    hint: {MANUAL}#strict"
        ),
        (
            "site_config.yml:10:7: error: 'langage' is not an option of casebook\n"
            "    hint: did you mean 'language'?"
        ),
        (
            "site_config.yml:11:17: error: YAML reads no without quotes as a yes-or-no value\n"
            "    hint: write 'no', in quotes"
        ),
        (
            "site_config.yml:12:18: error: '../fr' is not the tag of a language\n"
            "    hint: write a tag such as en, fr or pt-BR"
        ),
        (
            "site_config.yml:13:27: error: 'publik' is not a visibility\n"
            "    hint: did you mean 'public'?"
        ),
        (
            "site_config.yml:14:14: error: '../record.yml' leads out of the content\n"
            "    hint: name a place inside docs_dir, with /"
        ),
        (
            "site_config.yml:15:19: error: nothing is named here\n"
            "    hint: name a place inside docs_dir, or take the line out"
        ),
        "site_config.yml:16:14: error: this is not a list\n    hint: write it as [one, two]",
        "site_config.yml:17:16: error: '4' is not read as text\n    hint: put it in quotes",
        (
            "site_config.yml:18:26: error: '-1' is not a number of cases\n"
            "    hint: write a whole number such as 2000"
        ),
        "site_config.yml:6:1: warning: MkDocs has no setting 'nava'\n    hint: did you mean 'nav'?",
    ]
    assert capfd.readouterr() == ("", "")


MANUAL = "see MkDocs's manual: https://www.mkdocs.org/user-guide/configuration/"
THEME = "write: theme: {name: casebook}, or name the folder of your templates"
NO_THEME = "theme: {name: null, custom_dir: templates}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "",
            [
                (
                    "1:1: error: this file holds no settings\n"
                    "    hint: start with a line such as: site_name: the name of your library"
                )
            ],
        ),
        (
            "- a\n",
            [
                (
                    "1:1: error: this file holds no settings\n"
                    "    hint: start with a line such as: site_name: the name of your library"
                )
            ],
        ),
        (
            b"site_name: \xff\n",
            ["1:1: error: this file is not UTF-8 text\n    hint: save it as UTF-8 in your editor"],
        ),
        (
            "site_name: 'open\n",
            [
                (
                    "1:12: error: the quote that opens here is not closed: ''open'\n"
                    '    hint: close it: site_name: "open"'
                )
            ],
        ),
        (
            GOOD.replace("site_name: Partnership cases", "site_author: me"),
            [
                (
                    "1:1: error: 'site_name': required configuration not provided\n"
                    "    hint: write: site_name: the name of your library"
                )
            ],
        ),
        (
            GOOD.replace("Partnership cases", "''"),
            [
                (
                    "1:12: error: 'site_name': required configuration not provided\n"
                    "    hint: write: site_name: the name of your library"
                )
            ],
        ),
        (
            GOOD.replace("- casebook", "- search"),
            [
                (
                    "5:3: error: the plugin 'casebook' is not listed under 'plugins'\n"
                    "    hint: plugins: [casebook]"
                )
            ],
        ),
        (
            GOOD + "site_dir: content/site\n",
            [
                (
                    "6:11: error: 'site_dir': the 'site_dir' should not be within the 'docs_dir'"
                    " as this leads to the build directory being copied into itself and duplicate"
                    " nested files in the 'site_dir'."
                    " (site_dir: 'content/site', docs_dir: 'content')\n"
                    "    hint: name a folder beside the content, such as: site_dir: site"
                )
            ],
        ),
        (
            GOOD + "site_dir: templates/assets\n",
            [
                (
                    "6:11: error: a build in 'assets' would delete files that the site is made of\n"
                    "    hint: name a folder of its own, such as: site_dir: site"
                )
            ],
        ),
        (
            GOOD.replace(NO_THEME, "theme: material\n"),
            [
                (
                    "5:5: error: another theme draws this site, and no 'folder' says where the"
                    " library is\n    hint: add the option folder: library; or, for a site of its"
                    " own, name casebook's templates: theme: {name: null, custom_dir: templates}"
                )
            ],
        ),
        (
            GOOD.replace("- casebook", "- casebook: {folder: library}"),
            [
                (
                    "5:24: error: 'folder' is for a library inside a site that another theme"
                    " draws\n"
                    "    hint: take it out; docs_dir says where the content is"
                )
            ],
        ),
        (
            GOOD.replace(NO_THEME, "theme: material\n").replace(
                "- casebook", "- casebook: {folder: nowhere}"
            ),
            [
                (
                    "5:24: error: there is no folder 'nowhere' in docs_dir\n"
                    "    hint: make it and put the library there, or correct 'folder'"
                )
            ],
        ),
        (
            GOOD.replace("- casebook", "- casebook: [language, en]"),
            [
                (
                    "5:15: error: the options of 'casebook' are not written as name: value\n"
                    "    hint: write: - casebook: {language: en}"
                )
            ],
        ),
        (
            GOOD.replace("docs_dir: content", "docs_dir: ../outside"),
            [
                (
                    "2:11: error: the content lies outside the folder of 'site_config.yml'\n"
                    "    hint: put 'site_config.yml' beside the content, or above it"
                )
            ],
        ),
        (
            GOOD.replace(NO_THEME, "theme: {name: [a], custom_dir: 5}\n"),
            [(f"3:8: error: 'theme': unhashable type: 'list'\n    hint: {THEME}")],
        ),
        (
            GOOD + "repo_url: http://[half\n",
            [(f"6:11: error: 'repo_url': invalid IPv6 URL\n    hint: {MANUAL}#repo_url")],
        ),
        (
            GOOD + "site_dir: .\nstrict: maybe\n",
            [
                (
                    "6:11: error: 'site_dir': the 'docs_dir' should not be within the 'site_dir'"
                    " as this can mean the source files are overwritten by the output or it will be"
                    " deleted if --clean is passed to mkdocs build."
                    " (site_dir: '{root}', docs_dir: 'content')\n"
                    "    hint: name a folder beside the content, such as: site_dir: site"
                ),
                (
                    "7:9: error: 'strict': expected type: <class 'bool'>"
                    f" but received: <class 'str'>\n    hint: {MANUAL}#strict"
                ),
            ],
        ),
        (
            GOOD.replace("docs_dir: content", "docs_dir: nowhere") + "site_dir: .\nrepo_url: 5\n",
            [
                (
                    "2:11: error: 'docs_dir': the path 'nowhere' isn't an existing directory\n"
                    "    hint: name the folder of your content, and make it if it is not there"
                ),
                (
                    "7:11: error: 'repo_url': expected a string,"
                    f" got <class 'int'>\n    hint: {MANUAL}#repo_url"
                ),
            ],
        ),
        (
            GOOD + "copyright: 2026-13-45\n",
            [
                (
                    "1:1: error: MkDocs cannot read this file: month must be in 1..12\n"
                    "    hint: put a value that looks like a date or a number in quotes"
                )
            ],
        ),
        (
            "INHERIT: site_config.yml\n",
            ["1:1: error: MkDocs cannot read this file: it inherits from itself"],
        ),
    ],
)
def test_one_mistake(root: Path, text: str | bytes, expected: list[str]) -> None:
    """Each mistake is told at its place, in words that help."""
    words = [f"site_config.yml:{line}".replace("{root}", str(root)) for line in expected]
    assert complaints(root, text) == words


def test_no_file_and_a_folder(root: Path) -> None:
    """A file that is not there and a folder are said to be so."""
    assert [str(problem) for problem in load_site(root / "config.yml")[1]] == [
        (
            f"config.yml:1:1: error: there is no file '{root}/config.yml'\n"
            "    hint: run this in the folder that holds it, or name the right one: -f FILE"
        )
    ]
    assert [str(problem) for problem in load_site(root / "content")[1]] == [
        (
            f"content:1:1: error: '{root}/content' is a folder\n"
            "    hint: name the file in it: -f content/site_config.yml"
        )
    ]


def test_every_option_is_documented() -> None:
    """Each option has a help text and a default, in the order of the manual."""
    names = [name for name, _, help_ in documented_options() if help_.endswith(".")]
    assert names == [
        *("language", "languages", "folder", "search_terms", "model", "vocabulary"),
        *("organisation", "licence", "default_visibility", "begin", "matrices", "findings"),
        *("search_bodies_max", "zip", "markdown"),
    ]
