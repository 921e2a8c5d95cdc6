"""Owns the room cli."""
