"""What is said of the machine and of the versions beside the numbers."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bench.tools import versions

ROOT = Path(__file__).parent.parent


def about(left_out: str) -> dict[str, str]:
    """Return the day, the versions compared, the machine, and which programs are left out."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "casebook": _commit(),
        **versions(),
        **({"left out": left_out} if left_out else {}),
        "Python": platform.python_version(),
        "processor": f"{_cores()} cores, {_processor()}",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
    }


def _cores() -> int:
    """Return how many processors these programs may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    return _named("/proc/cpuinfo", "model name") or platform.machine()


def _memory() -> str:
    found = _named("/proc/meminfo", "MemTotal").split()
    return f"{int(found[0]) * 1024 / 1e9:.1f} GB" if found else "not known"


def _named(file: str, name: str) -> str:
    """Return the value of a line `name: value`, empty without one."""
    with suppress(OSError):
        found = re.search(rf"^{name}\s*:\s*(.*)$", Path(file).read_text("utf-8"), re.MULTILINE)
        return found[1] if found else ""
    return ""


def _commit() -> str:
    """Return the commit of this code, and whether the code that builds was changed since."""
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        return "not a git repository"

    def said(*words: str) -> str:
        done = subprocess.run([git, *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = said("status", "--porcelain", "--", "generator", "templates", "content", "bench")
    return f"commit {said('rev-parse', '--short', 'HEAD')}{', with changes' if changed else ''}"
