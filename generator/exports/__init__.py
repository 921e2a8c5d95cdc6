"""Owns the room exports."""
