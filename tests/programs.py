"""Programs that tests need and a machine may lack: whether one runs, and how Debian installs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


def runs(path: str) -> bool:
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


def may_use_apt() -> bool:
    """Tell whether packages of Debian can be installed here."""
    return sys.platform == "linux" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def by_apt(package: str) -> list[str]:
    """Return the command that installs a package of Debian."""
    install = "apt-get update -qq && apt-get install -qq -y --no-install-recommends"
    return ["sh", "-c", f"{install} {package}"]


def install(name: str, command: Sequence[str]) -> None:
    """Run a command that may bring a program here, and say so; never fail."""
    print(f"no {name} yet: {' '.join(command)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False)
