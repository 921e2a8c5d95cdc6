"""Compiles the templates in a process of its own, while the records are read.

It takes as long as reading a hundred records, and waits for none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from generator.base.site import Site
from generator.base.workers import in_background
from generator.build.theme_files import template_folder
from generator.pages.render import add_compiled, compile_templates


def compile_ahead(site: Site) -> Callable[[], None]:
    """Start to compile the templates; the function that is returned waits until they are there.

    Where something is kept of another build, few of them may be needed, and nothing is started.
    """
    if not site.plain or site.cache.exists():
        return lambda: None
    compiled = in_background(partial(compile_templates, template_folder(site.templates)))
    return lambda: add_compiled(compiled() or {})
