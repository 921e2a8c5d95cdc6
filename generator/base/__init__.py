"""Owns the room base."""
