"""What must not be published of a record: who may read it, which names and sources it hides.

- `withholding` decides, from the values alone, and takes hidden names out of them.
- `hidden_names` lists what the hidden names of a record are called, and where its texts say them.
- `name_matcher` finds a name in a text, however it is spelled, marked up or broken over lines.
- `name_parts` finds what may give a name away: parts of it, other endings, doubtful initials. It
  and the matcher share `acronyms`, `bare_words` and `name_words`.
- `titles` finds persons whom no field names: `Madame Sow`.
- `contacts` finds e-mail addresses, telephone numbers and chat names, which no record may hold.

Everything published goes through `redacted`. Names in texts are never taken out: the check
`leaked_names` reports the record, so that its author finds other words. What is certain is an
error; what could be something else is a warning, which the field of the role `allowed` answers.
"""

from generator.model.value import WITHHELD
from generator.records.privacy.withholding import (
    ANONYMISED,
    INTERNAL,
    PUBLIC,
    hidden_entries,
    is_fully_public,
    redacted,
    visibility,
)

__all__ = [
    "ANONYMISED",
    "INTERNAL",
    "PUBLIC",
    "WITHHELD",
    "hidden_entries",
    "is_fully_public",
    "redacted",
    "visibility",
]
