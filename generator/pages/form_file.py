"""The form as one file, to send by mail or to carry along: the page, its style and its scripts.

It needs the model alone, so it is made where no record can be read. Its policy lets nothing be
loaded, and runs the one script whose digest it names.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from markupsafe import Markup

from generator.base.locale import Locale
from generator.base.site import Site
from generator.library import address
from generator.model.record import Model
from generator.pages.render import Renderer
from generator.pages.theme_files import template_folder
from generator.pages.write import form_data, form_description, form_title

SCRIPTS = ("parts", "write-record", "write")
"""The scripts of the form, in the order in which they need each other."""

STYLES = ("form.css", "assets/write.css")
"""The styles: those of the page around the form, then its own."""

TEMPLATE = "form.html"

_COMMENT = re.compile(r"^\s*/\*.*?\*/$", re.DOTALL | re.MULTILINE)
"""A comment that has lines of its own, as the styles have them."""

POLICY = (
    "default-src 'none'; style-src {style}; script-src {script}; "
    "base-uri 'none'; form-action 'none'"
)
"""The content security policy of the file: nothing is loaded, its one style and script are run."""

MARK = b'<meta name="generator" content="casebook">'
"""What a form has in its head, so that a command can tell it from another file."""


def form_file(model: Model, site: Site) -> bytes:
    """Return the form of a model, in the language of the site.

    Templates of the site's own that have no form are no hindrance: the packaged one is taken.
    """
    folder = template_folder(site.templates)
    if not (folder / TEMPLATE).is_file():
        folder = template_folder(None)
    locale = Locale(site.language)
    shell = {"name": site.name, "language": site.language, "direction": locale.direction}
    renderer = Renderer(folder, shell, csp=True, plain=True, locale=locale)
    style = _joined(folder, STYLES)
    script = _joined(folder, tuple(f"assets/{name}.js" for name in SCRIPTS))
    html = renderer.text(
        TEMPLATE,
        {
            "title": form_title(locale),
            "description": form_description(model, locale),
            "form": form_data(model, site, locale),
            "manual": f"{site.url}{address.CONTRIBUTE}" if site.url else "",
            "style": Markup(style),  # noqa: S704 - files of the theme
            "script": Markup(script),  # noqa: S704 - files of the theme
            "policy": POLICY.format(style=_digest(style), script=_digest(script)),
        },
    )
    return html.encode("utf-8")


def _joined(folder: Path, names: tuple[str, ...]) -> str:
    """Return the texts of some files of a theme, one after the other.

    Left out is what only people read: lines of comments, and the room at the beginning of lines.
    """
    texts = ((folder / name).read_text("utf-8") for name in names)
    lines = (line.strip() for text in texts for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _digest(text: str) -> str:
    """Return the digest by which a content security policy allows a text that stands in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
