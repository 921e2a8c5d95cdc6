"""The package of the editor for repositories, fetched by `python tests/admin_package.py`.

`make test`, and so `.ci/run`, runs it first. It needs npm, once; then the file is kept.
"""

from __future__ import annotations

from functools import cache

from generator.base.no_editor import NoEditorError
from generator.cli.admin_folder import NAME, VERSION, fetched_package


@cache
def package() -> bytes | str:
    """Return the bytes of the package, or why there are none."""
    try:
        return fetched_package()
    except NoEditorError as error:
        return str(error)


def main() -> None:
    """Print whether the package is here, after fetching it if need be; never fail without it."""
    content = package()
    print(content if isinstance(content, str) else f"{NAME} {VERSION} for its tests: here")


if __name__ == "__main__":
    main()
