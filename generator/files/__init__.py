"""Owns what touches the disk: how content is read, and how a site is exchanged for a new one."""
