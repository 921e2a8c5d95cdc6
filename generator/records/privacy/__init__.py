"""What must not be published of a record: who may read it, which names and sources it hides.

- `withholding` decides, from the values alone, and takes hidden names out of them.
- `hidden_names` lists what the hidden names of a record are called, and where its texts say them.
- `name_matcher` finds a name in a text, however it is spelled, marked up or broken over lines.
- `contacts` finds e-mail addresses and telephone numbers, which no record may hold.

Everything published goes through `redacted`. Names in texts are never taken out: the check
`leaked_names` reports the record, so that its author finds other words.
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
