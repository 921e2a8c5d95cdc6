"""The pictures of the author's guide: `python tests/pictures.py` makes them from what is built.

To add one, write a function that takes a browser page and a folder to work in, and returns the
bytes of a PNG, and enter it in `PICTURES`. What stands in the pictures is invented. A picture has
few colours, so that it stays small. LibreOffice and pypdfium2, which no test needs, draw the forms
for Word and for Excel.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Page, sync_playwright

import chromium
from generator.cli.main import main as casebook

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/guide"
CONFIG = str(ROOT / "site_config.yml")

MOST_BYTES = 60_000
"""No picture is larger: the guide is read where the network is slow."""

COLOURS = 16
PHONE = {"width": 390, "height": 780}
SHEET = {"width": 794, "height": 1123}
"""A sheet of A4, in pixels of a screen."""

TITLE = "Clean stoves in two towns"
SUMMARY = "A town council tried clean stoves in two towns, and now pays for them."
Take = Callable[[Page, Path], bytes]


def run(*words: str) -> bool:
    """Run casebook; return whether it knows the command and did it."""
    return CliRunner().invoke(casebook, [*words]).exit_code == 0


def _form(page: Page, folder: Path) -> None:
    """Open the form on a phone and fill in its first questions."""
    run("form", "-f", CONFIG, "-o", str(folder / "form.html"))
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto((folder / "form.html").as_uri())
    page.get_by_label("Title (needed)").fill(TITLE)
    page.get_by_label("Summary (needed)").fill(SUMMARY)


def form_begin(page: Page, folder: Path) -> bytes:
    """Return the beginning of the form on a phone."""
    _form(page, folder)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("scrollTo(0, 0)")
    return page.screenshot()


def form_terms(page: Page, folder: Path) -> bytes:
    """Return the terms of a question, under the words that were typed to find them."""
    _form(page, folder)
    page.locator("summary", has_text="Choose: Factor").first.click()
    field = page.get_by_label("Filter the terms of “Factor”").first
    field.fill("trust")
    field.evaluate("field => scrollTo(0, field.getBoundingClientRect().top + scrollY - 260)")
    return page.screenshot()


def form_left(page: Page, folder: Path) -> bytes:
    """Return what is still to fill in, and what to do with the file."""
    _form(page, folder)
    page.get_by_role("button", name="Summary: not filled in").wait_for(state="detached")
    heading = page.get_by_text(re.compile("^Still to fill in")).last
    heading.evaluate("box => scrollTo(0, box.getBoundingClientRect().top + scrollY - 40)")
    return page.screenshot()


def write_together(page: Page, folder: Path) -> bytes:
    """Return cards of the kit as they are printed."""
    run("build", "-f", CONFIG, "--site-dir", str(folder / "site"))
    page.set_viewport_size({"width": SHEET["width"], "height": SHEET["height"]})
    page.emulate_media(media="print")
    page.goto((folder / "site/write-shop.html").as_uri())
    cards = page.locator("#cards")
    cards.evaluate("box => scrollTo(0, box.getBoundingClientRect().top + scrollY)")
    return page.screenshot(clip={"x": 0, "y": 0, "width": SHEET["width"], "height": 700})


def _drawn(form: str) -> Take:
    """Return what draws the first sheet of a form that casebook makes in some format."""

    def take(_page: Page, folder: Path) -> bytes:
        file = folder / f"form.{form}"
        office, reader = shutil.which("soffice"), find_spec("pypdfium2")
        if not office or not reader:
            return b""
        if not run("form", "--format", form, "-f", CONFIG, "-o", str(file)):
            return b""
        return first_sheet(file, office)

    return take


def first_sheet(file: Path, office: str) -> bytes:
    """Return the first sheet of a document as LibreOffice prints it."""
    folder = file.parent
    own = f"-env:UserInstallation={(folder / 'office').as_uri()}"  # another may be running
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir"]
    places = [str(folder), str(file)]
    subprocess.run([*command, *places], check=True, capture_output=True, timeout=120)
    sheets = import_module("pypdfium2").PdfDocument(file.with_suffix(".pdf"))
    stream = io.BytesIO()
    sheets[0].render(scale=4 / 3).to_pil().save(stream, "PNG")
    return stream.getvalue()


PICTURES: dict[str, Take] = {
    "form-begin": form_begin,
    "form-terms": form_terms,
    "form-left": form_left,
    "write-together": write_together,
    "word-form": _drawn("docx"),
    "excel-form": _drawn("xlsx"),
}
"""Each picture by the name of its file, and what makes it; it makes nothing where it cannot."""


def small(content: bytes) -> bytes:
    """Return a PNG of few colours, at most `SHEET` wide."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    if image.width > SHEET["width"]:
        height = image.height * SHEET["width"] // image.width
        image = image.resize((SHEET["width"], height), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def main(names: list[str]) -> None:
    """Make the named pictures, all without a name, and say how large each is."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium.found())
        for name in names or PICTURES:
            page = browser.new_page()
            content = PICTURES[name](page, Path(folder))
            page.close()
            if content:
                picture = small(content)
                (FOLDER / f"{name}.png").write_bytes(picture)
                print(f"{name}.png: {len(picture):,} bytes")
            else:
                print(f"{name}.png: left as it is, since nothing here can make or draw the form")


if __name__ == "__main__":
    main(sys.argv[1:])
