"""Owns the room records."""
