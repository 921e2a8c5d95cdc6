"""Owns footnotes where the library stumbles: the text of a note may stand in another note."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import FootnoteExtension


class Notes(FootnoteExtension):
    """Reads footnotes, and knows all of them before it writes the first."""

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802
        """Return the notes, or nothing where there are none."""
        self._find_all()
        return super().makeFootnotesDiv(root)

    def _find_all(self) -> None:
        """Add the notes that stand in notes: the library may not find one while it writes."""
        known = 0
        while known < len(self.footnotes):
            kept = dict(self.footnotes)
            for text in list(kept.values())[known:]:
                if "[^" in text and "]:" in text:
                    self.parser.parseChunk(Element("div"), text)
            known = len(kept)
            self.footnotes.update(kept)
