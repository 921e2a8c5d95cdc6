"""The command `casebook`: what comes in are its arguments, what goes out are words and exit codes.

`main` holds the commands. Each loads the settings (`hosts`), calls one function of `build`, `model`
or `hosts`, and prints the result by `terminal`. Problems go to the standard error stream, so that
the standard output of `check --format json` and `fields` can be piped. Exit codes are 0 (fine), 1
(problems in the content) and 2 (wrong usage, configuration or system). No mistake of an author's
and no refusal of the system prints a traceback.

To add a command: a function under `@main.command` in `main`, a section in `docs/commands.md`.
"""
