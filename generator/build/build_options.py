"""`BuildOptions`: how a site is checked and built, beside the settings of its file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from generator.base.problem import Problem
from generator.base.progress import Progress, no_progress
from generator.base.site import Site
from generator.yaml_nodes.suggested_fixes import quote_for_author

if TYPE_CHECKING:
    from generator.build.session import Session


def no_templates() -> None:
    """Wait for nothing: each template is compiled when it is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a command asks for.

    `internal` includes internal records. `as_of` is the day that ages are counted from; empty, it
    is that of SOURCE_DATE_EPOCH, else the newest in the records. `today` is the machine's day: no
    record was updated after it; empty, that is not checked. `csp` puts a content security
    policy into each page. With `incremental` what the last build left is used, and this one leaves
    the same to the next. With `zip` the site has a copy of itself to take along, in one file.
    `session` holds what this process has read; it is brought up to date.
    `await_templates` waits for templates that another process compiles.
    """

    internal: bool = False
    as_of: str = ""
    today: str = ""
    csp: bool = True
    incremental: bool = False
    zip: bool = False
    session: Session | None = None
    progress: Progress = no_progress
    await_templates: Callable[[], None] = no_templates


DEFAULTS = BuildOptions()

_EPOCH = "SOURCE_DATE_EPOCH"
"""The environment variable by which reproducible builds are dated: whole seconds since 1970."""


def reference_date(site: Site, options: BuildOptions) -> tuple[str, Problem | None]:
    """Return the day that ages are counted from, and what is wrong with SOURCE_DATE_EPOCH.

    The day is empty where neither an option nor the variable names one.
    """
    seconds = "" if options.as_of else os.environ.get(_EPOCH, "").strip()
    if not seconds:
        return options.as_of, None
    try:
        if seconds.isascii() and seconds.isdigit():
            return datetime.fromtimestamp(int(seconds), UTC).date().isoformat(), None
    except (ValueError, OverflowError, OSError):  # too many digits, or a day after the year 9999
        pass
    message = f"the variable {_EPOCH} holds {quote_for_author(seconds)}, which names no day"
    hint = "set it to whole seconds since 1970, such as 1767225600, or unset it"
    return "", Problem(path=site.path, code="no-day", message=message, hint=hint)
