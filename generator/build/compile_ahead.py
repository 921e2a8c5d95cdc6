"""Compiles the templates in a process of its own, while the records are read.

It takes as long as reading a hundred records, and waits for none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from generator.base.site import Site
from generator.base.workers import in_background
from generator.pages.render import add_compiled, compile_templates
from generator.pages.theme_files import template_folder


@contextmanager
def compile_ahead(site: Site) -> Iterator[Callable[[], None]]:
    """Start to compile the templates; what is yielded waits until they are there.

    Where something is kept of another build, few of them may be needed, and nothing is started.
    """
    if not site.plain or site.cache.exists():
        yield lambda: None
        return
    templates = template_folder(site.templates)
    with in_background(partial(compile_templates, templates)) as compiled:
        yield lambda: add_compiled(compiled() or {})
