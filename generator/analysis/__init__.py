"""Owns the room analysis."""
