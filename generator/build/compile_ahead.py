"""Compiles the templates in a process of its own, while the records are read.

It takes as long as reading a hundred records, and waits for none of them. What was compiled is kept
for the next build, where Python keeps what it compiles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from generator.base.site import Site
from generator.base.workers import in_background
from generator.pages.render import add_compiled, are_compiled, compile_templates
from generator.pages.theme_files import template_folder
from generator.store.kept_code import load_code, may_keep_code, save_code


@contextmanager
def compile_ahead(site: Site) -> Iterator[Callable[[], None]]:
    """Start to compile the templates; what is yielded waits until they are there.

    Nothing is started where all are there, nor where few of them may be needed and none kept: after
    an earlier build.
    """
    templates, kept = template_folder(site.templates), load_code() if site.plain else {}
    add_compiled(kept)
    few = site.cache.exists() and not may_keep_code()
    if not site.plain or few or are_compiled(templates):
        yield lambda: None
        return
    with in_background(partial(compile_templates, templates)) as compiled:

        def wait() -> None:
            new = compiled() or {}
            add_compiled(new)
            save_code(kept, new)

        yield wait
