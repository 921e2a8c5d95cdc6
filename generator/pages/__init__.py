"""Owns the room pages."""
