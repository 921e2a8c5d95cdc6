"""Titles with a name after them, `Madame Boubacar`: persons whom no field of a record names.

To add a title, add it to the list of those that need a full stop, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.base.names import visible
from generator.records.privacy.bare_words import bare
from generator.records.privacy.name_words import word_set

_ANY_CASE = """
    madame monsieur mademoiselle docteur docteure professeur professeure maître señor señora
    señorita doña senhor senhora doutor doutora herr frau fräulein signor signora signore dona
    bapak ibu shri smt pani paní pán \u0433-н \u0433-жа господин госпожа пані ông bà κύριος κυρία
"""
_CAPITALISED = """
    Mr Mrs Ms Miss Mx Messrs Dr Drs Dra Prof Professor Profesor Profesora Doctor Doctora Sir
    Lady Madam Mme Mlle Mmes Mlles MM Sr Sra Srta Sres Don Dom Dña Hr Fr Hon Honourable
    Honorable Excellency Excellence Excelencia Chief Imam Imán Sheikh Sheik Cheikh Cheick
    Alhaji Alhadji Hajj Hadj Hajia Hajja Pastor Pasteur Pastora Rev Reverend Révérend Mgr
    Monseigneur Bishop Père Padre Ustaz Mullah Maulana Mwalimu Bwana Mzee Ato Weizero Daw Khun
    Tuan Puan Encik Datuk Oknha Sayed Sayyid Syed Tante Oncle Auntie Uncle Gen Col Capt Maj Lt
    Sgt Judge Senator Minister Governor Mayor Ambassador President Président Présidente
    Presidente Ministre Ministro Ministra Gouverneur Gobernador Gobernadora Maire Alcalde
    Alcaldesa Bürgermeister Say\u0131n
"""
_IN_CAPITALS = "MR MRS MRS MME MLLE MADAME MONSIEUR SR SRA SEÑOR SEÑORA HERR FRAU PROF HON"
_WITH_STOP = (
    r"M\.|H\.[ ]?E\.|S\.[ ]?E\.[ ]?M?\.?|S\.[ ]?Exc\.|Lic\.|Ing\.|Me\.|κ\.|κα\.|п\.|St[ae]?\.ª"
)


def _either_case(words: str) -> str:
    """Return alternatives of words, each with a small or a capital first letter."""
    return "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words.split())


_OFFICES = (
    "General|Générale?|Generale?|Executive|Minister|Ministers|Technical|Officer|Economist|Justice"
    "|Secretary|Inspector|Operating|Financial|Adviser|Advisor|Editor|Whip|Finance|Education|Health"
    "|Office|Council|Cities|City|River|Republic|République|República|Congo|Islands?|Street|Road"
    "|Office|Nurse|Engineer|Auditor|Commissioner|Representative|Plenipotentiary|Elect|Hospital"
    "|Ministre|Ministr[oa]|Maire|Alcalde(?:sa)?|Présidente?|President[ea]?|Präsident(?:in)?"
    "|Direct(?:ora?|eur|rice|or-General)|Vice|Chair(?:man|woman|person)?|Speaker|Treasurer|Manager"
    "|Coordinat(?:or|eur|rice)|Coordenador[a]?|Coordinador[a]?|Secretári[oa]|Secretari[oa]|Secrétaire"
    "|Senador[a]?|Diputad[oa]|Deputad[oa]|Préfète?|Prefeit[oa]|Governador[a]?|Titular|Emerit(?:us|a)"
    "|Programmes?|Programs?|Project|Policy|Assembly|Government|Governor|Mayor|Hotel|House|Guest"
    "|District|Regional|Municipal|Provincial|Na[ct]ional|National|Election|Electoral|Counsellor"
    "|Advocate|Responsible|Institute|Training|Level|Equality|Ouvrages?|World|Universe|Kota|Zayed"
    "|Gouverneur|Gobernador|Bürgermeister(?:in)?|European|African|American|Asian|Arab"
)
_OFFICE = re.compile(rf"(?:{_OFFICES})\b")
_TITLE = re.compile(
    rf"(?<![\w.@/-])(?P<title>(?:{_either_case(_ANY_CASE)}|{'|'.join(_CAPITALISED.split())}"
    rf"|{'|'.join(_IN_CAPITALS.split())})(?!\w)|{_WITH_STOP})"
    r"(?P<gap>[.]?(?:[ \t\u00a0\u202f]|\n(?!\n)|[*_]){1,4}|[.](?=\w))"
    r"(?P<name>(?:(?:(?:van|von|de|del|della|da|dos|du|bin|al|el|ter|der|la|le)[ -]|[DdLl]['’])"
    r"{0,3}"
    rf"(?!(?:{_OFFICES})\b)"
    r"(?:[^\W\d_a-z]\.[ ]?){0,3}[^\W\d_]\w[\w'’-]*)(?:[ ][^\W\d_]\w[\w'’-]*){0,3})"
)
_PARTICLES = frozenset(
    ("de", "da", "di", "du", "dos", "van", "von", "der", "den", "bin", "al", "la")
)
"""Small words inside a name; any other ends it."""

_OFFICE_TITLES = word_set(
    """
    president presidente ministre ministro ministra gouverneur gobernador gobernadora maire
    alcalde alcaldesa burgermeister minister governor mayor ambassador
    """
)
_OF = frozenset(("de", "del", "da", "do", "dos", "du", "des", "la", "le", "von", "der"))
"""Words between an office and what it is the office of."""

TITLE_WORDS = frozenset(map(bare, f"{_ANY_CASE} {_CAPITALISED}".split()))
"""The titles that are words, in their bare form."""


def titled_names(text: str) -> Iterator[tuple[int, str]]:
    """Yield each title with the name after it, and the number of its line, from 0.

    Letters alone are no name: `Ms A` and `Mr K.` hide whom they mean.
    """
    readable = visible(text)
    line, counted = 0, 0
    for match in _TITLE.finditer(readable):
        name = _capitalised_start(match["name"])
        if name and not _is_office(match["title"], name):
            line, counted = line + readable.count("\n", counted, match.start()), match.start()
            title = match["title"] + ("." if match["gap"].startswith(".") else "")
            yield line, f"{title} {name}"


def _is_office(title: str, name: str) -> bool:
    """Tell whether it is an office: `le Président du Conseil`, `Madame la Ministre`."""
    words = name.split(" ")
    behind = next((word for word in words if word not in _OF), "")
    return words[0] in _OF and (bare(title) in _OFFICE_TITLES or bool(_OFFICE.match(behind)))


def _capitalised_start(name: str) -> str:
    """Return the words of a name up to the first without a capital; empty if none has one."""
    kept: list[str] = []
    pending: list[str] = []
    for word in name.split(" "):
        letters = word.lstrip("dlDL'’") if "'" in word or "’" in word else word
        if letters[:1].isupper():
            kept += [*pending, word]
            pending = []
        elif word in _PARTICLES:
            pending.append(word)
        else:
            break
    return " ".join(kept) if any(len(word.strip(".'’")) > 1 for word in kept) else ""
