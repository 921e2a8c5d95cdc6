"""Owns the ways in and out that MkDocs knows: the settings, the plugin, the live preview."""
