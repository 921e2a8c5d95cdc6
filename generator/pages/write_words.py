"""The sentences of the form's script, each by the name that the script knows it by.

To add one, add an entry here and use it in `templates/assets/write.js`; what stands in braces is
replaced there.
"""

from __future__ import annotations

from generator.base.locale import Locale
from generator.pages.script_words import script_words


def form_words(locale: Locale) -> dict[str, str]:
    """Return the sentences in the language of the site."""
    _ = locale.gettext
    words = {
        # how to fill it in
        "rule": _(
            "Leave empty what you do not want to say: pages call it not recorded. Tick “Not "
            "known” where somebody looked and nobody knows."
        ),
        "kind": _("Kind of record"),
        "first": _("First questions"),
        "more": _("More questions, if you like"),
        "more_about": _("More about %(name)s", name="{name}"),
        "text": _("In your own words"),
        "text_help": _("A text under each heading, if you like. It may be Markdown."),
        "text_label": _("Text"),
        "unknown": _("Not known"),
        "unknown_of": _("Not known: %(label)s", label="{label}"),
        "needed": _("needed"),
        "either": _("needed, or “%(field)s”", field="{field}"),
        # terms
        "choose": _("Choose: %(label)s", label="{label}"),
        "filter": _("Filter the terms of “%(label)s”", label="{label}"),
        "matching": _("%(num)s of %(all)s", num="{num}", all="{all}"),
        "remove": _("Remove"),
        "remove_one": _("Remove: %(name)s", name="{name}"),
        "removed": _("Removed: %(name)s", name="{name}"),
        "undo": _("Undo"),
        "add": _("Add"),
        "add_one": _("Add: %(name)s", name="{name}"),
        "new_term": _("Or a new word for “%(label)s”", label="{label}"),
        "no_sources": _("No source is listed yet."),
        "to_sources": _("List the sources"),
        # forms of values
        "date": _("A year, a month or a day: 2026, 2026-11 or 2026-11-22."),
        "in_unit": _("In %(unit)s.", unit="{unit}"),
        "count": _("%(num)s of %(all)s characters", num="{num}", all="{all}"),
        # what is left
        "left": _("Still to fill in"),
        "left_some": _("Still to fill in: %(num)s", num="{num}"),
        "left_none": _("Nothing is missing. Save the file."),
        "empty": _("%(label)s: not filled in", label="{label}"),
        "only_besides": _("%(label)s: who else takes part?", label="{label}"),
        "long": _("%(label)s: at most %(num)s characters fit", label="{label}", num="{num}"),
        "no_date": _(
            "%(label)s: write a date such as 2026, 2026-11 or 2026-11-22", label="{label}"
        ),
        "no_address": _(
            "%(label)s: write a web address such as https://example.org", label="{label}"
        ),
        "no_number": _("%(label)s: write digits, with a point before decimals", label="{label}"),
        "no_language": _("%(label)s: write a language tag, such as en or pt-BR", label="{label}"),
        "no_name": _(
            "%(label)s: it needs a letter or a digit, and not only “%(name)s”",
            label="{label}",
            name="{name}",
        ),
        "twice": _("%(label)s: another source has the same name", label="{label}"),
        "mail": _("%(label)s: no e-mail address, please", label="{label}"),
        # the file
        "out": _("The file"),
        "out_help": _(
            "Send the file to those who keep the library, or put it into %(folder)s. Nothing of "
            "what you write here is sent anywhere by itself.",
            folder="{folder}",
        ),
        "file_name": _("Its name: %(name)s", name="{name}"),
        "save": _("Save the file"),
        "saved": _("Saved: %(name)s. Look where your browser puts downloads.", name="{name}"),
        "copy": _("Copy the text"),
        "copied": _("Copied"),
        "look": _("Look at the file"),
        "new_file": _("Open it as a new file in the repository"),
        "new_empty": _("Open an empty new file in the repository"),
        "too_long": _(
            "It is too long to go into the address: copy the text first, and paste it there."
        ),
        # the draft
        "kept": _("What you type is kept on this device, in this browser, until you forget it."),
        "blocked": _("This browser keeps no draft. Save the file before you leave the page."),
        "back": _("Your draft is here again."),
        "forget": _("Forget this draft"),
        "sure": _("Forget the draft? What you typed is then gone from this device."),
        "yes": _("Yes, forget it"),
        "no": _("No, keep it"),
        "forgotten": _("The draft is forgotten."),
    }
    return script_words(locale, words)
