"""Owns the room library."""
