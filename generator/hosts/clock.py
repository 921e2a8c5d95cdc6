"""The day by the clock of this machine: only a command asks for it, and hands it on."""

from __future__ import annotations

from datetime import date


def machine_day() -> str:
    """Return today as the person at this machine has it, such as '2026-11-22'."""
    return date.today().isoformat()  # noqa: DTZ011 - the author's own day
