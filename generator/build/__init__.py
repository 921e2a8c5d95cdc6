"""Owns the room build."""
