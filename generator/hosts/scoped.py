"""Our stylesheet, scoped to our own bodies in a site that another theme draws."""

from __future__ import annotations

import re

_SECTION = re.compile(r"^/\* ---- ([A-Z]\w+).*?\*/$", re.MULTILINE)
_OF_THE_SHELL = frozenset({"Shell", "Wide"})
_REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem\b")
_BODY = re.compile(r"^body \{.*?^\}$", re.MULTILINE | re.DOTALL)
_DARK = re.compile(
    r"^@media screen and \(prefers-color-scheme: dark\) \{.*?^\}$", re.MULTILINE | re.DOTALL
)
_AROUND = """
/* What the theme says of lists and folds does not fit our blocks; its colours do. */
& {
  --paper: transparent;
  --wash: color-mix(in srgb, currentcolor 5%, transparent);
  --line: color-mix(in srgb, currentcolor 18%, transparent);
  --edge: color-mix(in srgb, currentcolor 60%, transparent);
  --ink: currentcolor;
  --quiet: currentcolor;
  --accent: var(--md-typeset-a-color, LinkText);
  --fill: var(--accent);
  --tint: var(--wash);
  --good: currentcolor;
  --doubt: currentcolor;
  --h1: 32px;
  color-scheme: inherit;
  overflow-wrap: break-word;
}
& > * + * { margin-block-start: var(--s6); }
.trail ol { display: flex; flex-wrap: wrap; gap: 0 8px; padding: 0; list-style: none; }
.table { background: none; }
table { border: 0; font-size: inherit; }
a:not(.anchor, .contents a) { text-decoration-line: underline; }
li, details, summary { margin: 0; }
details, summary { padding: 0; border: 0; background: none; box-shadow: none; font-size: inherit; }
summary { display: list-item; padding-block: 8px; list-style: disclosure-closed inside; }
[open] > summary { list-style-type: disclosure-open; }
summary::before, summary::after { content: none; }
/* Where there is room, the theme shows what is on the page. */
@media (min-width: 1220px) { .contents { display: none; } }
"""


def scope_styles(css: str) -> str:
    """Return a stylesheet that applies only inside `.casebook`, in the colours of the theme around.

    The sections of the shell and of wide screens are left out. Lengths are in pixels, since a theme
    may have changed what a rem is. The class stands three times, to outrank the theme's own rules.
    """
    names = _SECTION.split(_DARK.sub("", _BODY.sub("", css)))
    sections = "".join(
        text
        for name, text in zip(names[1::2], names[2::2], strict=True)
        if name not in _OF_THE_SHELL
    )
    inside = re.sub(r":root\b|^html\b", "&", sections, flags=re.MULTILINE)
    # The body says its own direction, whatever that of the theme is.
    inside = re.sub(r'^\[dir="rtl"\]', '&[dir="rtl"]', inside, flags=re.MULTILINE)
    pixels = _REM.sub(lambda length: f"{float(length[1]) * 16:g}px", inside)
    return f".casebook.casebook.casebook {{\n{pixels}{_AROUND}}}\n"
