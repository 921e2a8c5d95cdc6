"""Owns the name under which a configuration asks for the packaged templates: `theme: casebook`."""
