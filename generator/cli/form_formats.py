"""The forms that `casebook form` makes: one entry for each format.

To add one, write a function that makes its bytes, and an entry of `FORM_FORMATS`. What a form needs
is imported when it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.base.site import Site
    from generator.model.record import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFormat:
    """A format of the form: the ending of its file, what makes it, and how to go on from there.

    `make` takes the kind of record that the form is for, empty for the first one. `is_form` tells
    a form, which may be made again, from another file, which stays as it is.
    """

    ending: str
    make: Callable[[Model, Site, str], bytes]
    is_form: Callable[[bytes], bool]
    sentence: str


def _html(model: Model, site: Site, kind: str) -> bytes:
    from generator.pages.form_file import form_file

    del kind  # the form in the browser asks for it
    return form_file(model, site)


def _is_html(content: bytes) -> bool:
    from generator.pages.form_file import MARK

    return MARK in content


def _docx(model: Model, site: Site, kind: str) -> bytes:
    from generator.authoring.word_form import word_form
    from generator.base.locale import Locale

    return word_form(model, Locale(site.language), kind, library=site.name)


def _xlsx(model: Model, site: Site, kind: str) -> bytes:
    from generator.authoring.sheet_form import sheet_form
    from generator.base.locale import Locale

    return sheet_form(model, Locale(site.language), kind)


def _xlsform(model: Model, site: Site, kind: str) -> bytes:
    from generator.authoring.phone_form import phone_form
    from generator.base.locale import Locale

    return phone_form(model, Locale(site.language), kind)


def _is_packed_form(content: bytes) -> bool:
    from generator.authoring.import_source import FORM_MARK
    from generator.authoring.packed_file import ImportRefusedError, packed_parts

    try:
        return any(FORM_MARK in part for part in packed_parts(content).values())
    except ImportRefusedError:
        return False


FORM_FORMATS: Mapping[str, FormFormat] = MappingProxyType(
    {
        "html": FormFormat(
            ending=".html",
            make=_html,
            is_form=_is_html,
            sentence="open it in a browser, or send it to an author",
        ),
        "docx": FormFormat(
            ending=".docx",
            make=_docx,
            is_form=_is_packed_form,
            sentence="send it to an author, then casebook import what comes back",
        ),
        "xlsx": FormFormat(
            ending=".xlsx",
            make=_xlsx,
            is_form=_is_packed_form,
            sentence="fill in a row for each, then casebook import it",
        ),
        "xlsform": FormFormat(
            ending=".xlsform.xlsx",
            make=_xlsform,
            is_form=_is_packed_form,
            sentence="give it to KoboToolbox or ODK, then casebook import the export",
        ),
    }
)
"""Each format by its name, the one without `--format` first."""
