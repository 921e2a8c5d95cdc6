"""`python -m generator`: the command `casebook`."""

from generator.cli.main import main

main(prog_name="casebook")
