"""Owns the room output."""
