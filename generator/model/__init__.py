"""Owns the record model: fields, kinds of value and vocabularies, all of them read as data."""
