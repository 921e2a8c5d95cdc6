"""Owns `python -m generator`, which is the command `casebook`."""

from generator.cli import main

main(prog_name="casebook")
