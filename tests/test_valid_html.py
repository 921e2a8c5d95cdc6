"""The HTML of a page of each kind is valid, by html-validate and the rules that it recommends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from looking import KINDS

CHECKER = Path(__file__).parent / "html_validate"
PROGRAM = CHECKER / "node_modules/html-validate/bin/html-validate.mjs"
NONE = (
    "html-validate is not here: make test installs it where there is npm, with Node 20.19 or newer"
)


def test_a_page_of_each_kind_is_valid(shipped: Path, tmp_path: Path) -> None:
    """No rule is broken; html_validate/README.md says which are off, and why."""
    node = shutil.which("node")
    if node is None or not PROGRAM.exists():
        (pytest.fail if os.environ.get("CI") and shutil.which("npm") else pytest.skip)(NONE)
    # A file: what node writes to a pipe may be cut off where it ends with an error.
    found_in = tmp_path / "found.json"
    done = subprocess.run(
        [
            *(
                node,
                PROGRAM,
                "--config",
                CHECKER / ".htmlvalidate.json",
                "--formatter",
                f"json={found_in}",
            ),
            *(shipped / path for path in KINDS.values()),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert found_in.exists(), done.stderr
    found = [
        f"{Path(page['filePath']).name}:{one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads(found_in.read_text(encoding="utf-8"))
        for one in page["messages"]
    ]
    assert found == []
