"""Broken sites, a folder each, and in `expected.txt` the exact words that their authors see."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from small import own_model

FOLDERS = sorted(path for path in (Path(__file__).parent / "sites_invalid").iterdir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_an_author_sees(folder: Path, tmp_path: Path, *, update_golden: bool) -> None:
    """`casebook check` says what is wrong, where, and what to do, and gives the right exit code."""
    root = tmp_path / "site"
    shutil.copytree(folder, root)
    own_model(root)
    ran = CliRunner().invoke(main, ["check", "-f", str(root / "site_config.yml")])
    shown = f"exit code {ran.exit_code}\n{ran.output}"
    expected = folder / "expected.txt"
    if update_golden:
        expected.write_text(shown, "utf-8")
    assert expected.read_text("utf-8") == shown
    assert ran.exit_code == (2 if folder.name.startswith(("model", "vocabulary", "config")) else 1)


def test_nothing_is_built_of_a_broken_site(tmp_path: Path) -> None:
    """`casebook build` writes nothing where there is an error, and gives the same exit codes."""
    for folder, code in (("missing_fields", 1), ("vocabulary_circle", 2)):
        root = tmp_path / folder
        shutil.copytree(FOLDERS[0].parent / folder, root)
        ran = CliRunner().invoke(main, ["build", "-f", str(root / "site_config.yml")])
        assert (ran.exit_code, (root / "site").exists()) == (code, False)
