"""Owns `python -m generator`, which is the command `casebook`."""

from generator.cli.main import main

main(prog_name="casebook")
