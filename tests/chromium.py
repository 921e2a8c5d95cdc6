"""A Chromium for the browser tests: found, or installed by `python tests/chromium.py`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from programs import by_apt, install, may_use_apt, runs

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NONE = (
    f"no Chromium that runs was found: neither {', '.join(NAMES)} nor Playwright's own; "
    "install one, or look at what `make test` says when it tries to"
)


def found() -> str | None:
    """Return the path of a Chromium that runs, the system's before Playwright's own, or None."""
    on_path = filter(None, map(shutil.which, NAMES))
    return next(filter(runs, on_path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starts a driver: only if asked

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and runs(path) else None


def _attempts() -> list[list[str]]:
    """Return the commands that may bring a Chromium here, the better first."""
    playwright = [sys.executable, "-m", "playwright", "install"]
    if not may_use_apt():
        return [[*playwright, "chromium"]]
    return [by_apt("chromium"), [*playwright, "--with-deps", "chromium"]]


def main() -> None:
    """Print where a Chromium is, after installing one if need be; never fail for want of one."""
    path = found()
    for command in [] if path else _attempts():
        install("Chromium", command)
        if path := found():
            break
    print(f"Chromium for the browser tests: {path}" if path else NONE)


if __name__ == "__main__":
    main()
