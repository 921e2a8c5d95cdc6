"""A Chromium for the browser tests: found, or installed by `python tests/chromium.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE = (
    f"no Chromium that runs was found: neither {', '.join(NAMES)} nor Playwright's own; "
    "install one, or look at what `make test` says when it tries to"
)


def found() -> str | None:
    """Return the path of a Chromium that runs, the system's before Playwright's own, or None."""
    on_path = filter(None, map(shutil.which, NAMES))
    return next(filter(_runs, on_path), None) or _playwrights_own()


def _runs(path: str) -> bool:
    """Tell whether a program answers; Ubuntu's `chromium-browser` may be a mere notice."""
    try:
        done = subprocess.run(
            [path, "--version"],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starts a driver: only if asked

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _runs(path) else None


def _attempts() -> list[list[str]]:
    """Return the commands that may bring a Chromium here, the better first."""
    playwright = [sys.executable, "-m", "playwright", "install"]
    root = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get")
    if not root:
        return [[*playwright, "chromium"]]
    return [
        [
            "sh",
            "-c",
            "apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium",
        ],
        [*playwright, "--with-deps", "chromium"],
    ]


def main() -> None:
    """Print where a Chromium is, after installing one if need be; never fail for want of one."""
    path = found()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in [] if path else _attempts():
        print(f"no Chromium yet: {' '.join(command)}", flush=True)
        subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False)
        if path := found():
            break
    print(f"Chromium for the browser tests: {path}" if path else NONE)


if __name__ == "__main__":
    main()
