"""The folder `admin/`: Sveltia CMS as published, its fonts and words beside it, and its settings.

The package is the one that `SHA512` names, and no other. Addresses of other servers in its script
are rewritten, so that all it loads by itself stands in the folder. To take a newer version, change
`VERSION` and `SHA512`, and mend `LITERALS` until the tests pass.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from generator.base.locale import Locale
from generator.base.no_editor import NoEditorError
from generator.base.site import Site
from generator.model.record import Model
from generator.pages.admin import admin_config, repository_of
from generator.pages.render import Renderer
from generator.pages.theme_files import template_folder

NAME: Final = "@sveltia/cms"
VERSION: Final = "0.221.1"
SHA512: Final = (
    "27e4288a4f6418c9362fbbcda4e42b9c3985462f8d07abf02747fae7b62db315"
    "87d0ff16612611452442da943f8c619b56533ffcf83f588826929b30aa8a3781"
)

MOST_BYTES: Final = 60_000_000
"""So much of the package is read at most, unpacked."""

SCRIPT = "sveltia-cms.js"
TEMPLATE = "admin.html"

_FONTS = "https://cdn.jsdelivr.net/fontsource/fonts/"

LITERALS: Mapping[str, str] = {
    f"url({_FONTS}source-sans-3:vf@5.3.0/latin-wght-normal.woff2)": "url(source-sans-3.woff2)",
    f"url({_FONTS}noto-mono@5.3.0/latin-400-normal.woff2)": "url(noto-mono.woff2)",
    f"url({_FONTS}material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2)": (
        "url(material-symbols-outlined.woff2)"
    ),
    "`https://unpkg.com/@sveltia/cms`": "new URL(`cms`,document.baseURI).href",
    "${iP}@${rP}/": "${iP}/",
    "https://unpkg.com/": "./absent/",
    "https://www.githubstatus.com/api/v2/status.json": (
        'data:application/json,{"status":{"indicator":"none"}}'
    ),
    "https://www.githubstatus.com/": "about:blank",
    "https://status-api.hostedstatus.com/1.0/status/5b36dc6502d06804c08349f7": (
        'data:application/json,{"result":{"status_overall":{"status_code":100}}}'
    ),
    "https://status.gitlab.com/": "about:blank",
}
"""What is rewritten in the script, in this order: fonts, words and version, the state of servers.

What stands below `absent/` is not there: colours of code and maps, which no field of ours has.
"""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self' blob: data: {hosts}; "
    "base-uri 'none'; form-action 'none'"
)
"""The content security policy: scripts of the folder alone, and the servers of the repository."""

MARK = b'<link href="config.json" type="application/json" rel="cms-config-url">'
"""What the page of the editor has in its head; a folder without it is not written into."""


def fetched_package(folder: Path | None = None) -> bytes:
    """Return the package as npm brings it, from the copy kept of it where there is one.

    It is kept in `folder`, else in that of the user's own files of casebook. Raises NoEditorError
    where npm is not there or brings nothing.
    """
    folder = folder or Path(click.get_app_dir("casebook"))
    kept = folder / f"sveltia-cms-{VERSION}.tgz"
    if kept.is_file() and _is_the_package(content := kept.read_bytes()):
        return content
    content = _packed_by_npm()
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return content


def _packed_by_npm() -> bytes:
    npm = shutil.which("npm")
    remedy = f"bring the file of {NAME} {VERSION} from another machine, and name it by --package"
    if not npm:
        raise NoEditorError(f"npm is not installed; install it, or {remedy}")
    with TemporaryDirectory() as folder:
        command = [npm, "pack", f"{NAME}@{VERSION}", "--ignore-scripts", "--silent"]
        done = subprocess.run(  # noqa: S603 - npm, and words of ours
            command, check=False, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True
        )
        files = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or not files:
            raise NoEditorError(f"npm did not bring {NAME} {VERSION}; try again, or {remedy}")
        return checked_package(files[0].read_bytes(), "what npm brought")


def checked_package(content: bytes, name: str) -> bytes:
    """Return the package if it is the one that is known, else raise NoEditorError."""
    if not _is_the_package(content):
        raise NoEditorError(f"{name} is not the file of {NAME} {VERSION}: its digest is another")
    return content


def _is_the_package(content: bytes) -> bool:
    return hashlib.sha512(content).hexdigest() == SHA512


def admin_files(model: Model, site: Site, package: bytes) -> dict[str, bytes]:
    """Return the files of the folder by path: page, settings, and what the package brings.

    Raises NoEditorError where no editor can be made for the site.
    """
    locale = Locale(site.language)
    config = admin_config(model, site, locale)
    return {
        "index.html": _page(site, locale),
        "config.json": json.dumps(config, ensure_ascii=False, indent=1).encode(),
        **packaged_files(package),
    }


def _page(site: Site, locale: Locale) -> bytes:
    shell = {"name": site.name, "language": site.language, "direction": locale.direction}
    renderer = Renderer(template_folder(None), shell, csp=True, plain=True, locale=locale)
    hosts = " ".join(repository_of(site).hosts)
    title = locale.gettext("Editor of the repository")
    values = {"title": title, "policy": POLICY.format(hosts=hosts)}
    return renderer.text(TEMPLATE, values).encode()


def packaged_files(package: bytes) -> dict[str, bytes]:
    """Return what the folder takes from the package, by path, the script rewritten."""
    files = dict(_unpacked(package))
    files[SCRIPT] = rewritten(files[SCRIPT].decode()).encode()
    files["cms/package.json"] = json.dumps({"version": VERSION}).encode()
    return files


def rewritten(script: str) -> str:
    """Return the script without addresses of other servers that it would ask by itself.

    Raises ValueError where a literal is not there: another version has it in another form.
    """
    for literal, replacement in LITERALS.items():
        if literal not in script:
            raise ValueError(f"the script has no '{literal}'")
        script = script.replace(literal, replacement)
    return script


def _unpacked(package: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of each file that the folder takes, licences too."""
    left = MOST_BYTES
    with tarfile.open(fileobj=BytesIO(package), mode="r:gz") as archive:
        for member in archive:
            left -= member.size
            if left < 0:
                raise NoEditorError(f"the package holds more than {MOST_BYTES:,} bytes")
            content = archive.extractfile(member) if member.isfile() else None
            if content and (path := _place(member.name.removeprefix("package/"))):
                yield path, content.read()


def _place(name: str) -> str:
    """Return where a file of the package goes in the folder; empty for most."""
    folder, _, base = name.rpartition("/")
    if name == f"dist/{SCRIPT}":
        return SCRIPT
    if name == "LICENSE.txt":
        return "sveltia-cms.LICENSE.txt"
    if folder == "locales":
        return f"cms/{name}"
    if folder == "npm/assets" and base.endswith(".LICENSE.txt"):
        return base
    if folder == "npm/assets" and base.endswith(".woff2"):
        return f"{base.partition('-latin-')[0]}.woff2"
    return ""


def write_admin(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder, in the place of an editor that is there already.

    Raises NoEditorError where something else is there, OSError where it cannot be written.
    """
    page = folder / "index.html"
    if folder.exists() and any(folder.iterdir()) and not _is_ours(page):
        raise NoEditorError(f"'{folder}' is not empty, and holds no editor; it was left as it is")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _is_ours(page: Path) -> bool:
    return page.is_file() and MARK in page.read_bytes()
