"""Why no editor for the repository can be made for a site."""


class NoEditorError(Exception):
    """The editor cannot be made; the message says why, and what helps."""
