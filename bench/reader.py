"""The reader's side of a large library: sizes and times of Find cases in Chromium.

`python -m bench.reader` builds corpora of some sizes, opens the page of all cases as from a memory
stick, on a processor six times slower, and prints a table. A site that is built already is measured
with `--site FOLDER`. Times are of the clock: nothing else should run meanwhile.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click
from playwright.sync_api import Browser, Page, sync_playwright

from bench.corpus import light
from bench.tools import CASEBOOK

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import chromium

SIZES = "300,1000,10000"
SLOWER = 6
WORD, WORDS, TYPO = "policy", "community health", "goverment"
"""A first query, a later one, and a typing error: all of words that the corpus has."""
REST = 2_000
"""In milliseconds: so long a reader looks at a page before typing."""

WATCH = """window.tasks = []; new PerformanceObserver(list => tasks.push(...list.getEntries()))
    .observe({type: "longtask", buffered: true})"""
LONGEST = """() => {
    const loaded = performance.timing.loadEventEnd - performance.timing.navigationStart
    const longest = after => Math.max(0, ...tasks
        .filter(task => (task.startTime >= loaded) === after).map(task => task.duration))
    return [longest(false), longest(true)]
}"""
"""The longest task before or after the page has loaded; 0 where none took 50 ms."""

TIMED = """window.timed = async act => {
    const start = performance.now()
    act()
    while (document.querySelector(".find [aria-busy=true]")) await new Promise(go => setTimeout(go))
    document.body.getBoundingClientRect()
    return performance.now() - start
}"""
"""The time until what an act shows is in the page and laid out, searches in slices included."""

TICKS = """async () => {
    const times = []
    document.querySelectorAll(".find-panel > .filter").forEach(fold => { fold.open = true })
    await new Promise(go => setTimeout(go, 500))
    const boxes = Array.from(document.querySelectorAll(".find-panel > .filter .ticks input"))
    for (const box of boxes.filter((_, at) => at < 40 && at % 4 === 0)) {
        for (let twice = 0; twice < 2; twice += 1) times.push(await timed(() => box.click()))
    }
    return times
}"""

TYPED = """async words => {
    const field = document.getElementById("find-q"), times = []
    for (let end = 1; end <= words.length; end += 1) {
        field.value = words.slice(0, end)
        times.push(await timed(() => field.dispatchEvent(new Event("input"))))
        await new Promise(go => setTimeout(go, 50))
    }
    return times
}"""

SETTLED = """async words => {
    const field = document.getElementById("find-q"), start = performance.now()
    let last = start
    const watch = new MutationObserver(() => { last = performance.now() })
    watch.observe(document.querySelector(".find-main"), {childList: true, subtree: true})
    field.focus()
    field.value = words
    const first = await timed(() => field.dispatchEvent(new Event("input")))
    await new Promise(go => setTimeout(go, 5000))
    const counted = parseInt(document.getElementById("find-count").textContent)
    return [first, last - start, counted]
}"""
"""Until the first cases show, until the last texts have answered, and how many were found."""

WHOLE = """async words => {
    const field = document.getElementById("find-q")
    field.focus()
    field.value = words
    return await timed(() => field.dispatchEvent(new Event("input")))
}"""


BROADEST = """async () => {
    const facets = new Map(casebook.explorer.facets.map(facet => [facet.name, facet]))
    const cases = option => {
        const [name, id] = option.value.split("="), facet = facets.get(name)
        const term = facet && facet.byId.get(decodeURIComponent(id))
        return term ? term.count : 0
    }
    const options = Array.from(document.querySelectorAll("form.ask option"))
    const broadest = options.reduce((best, one) => (cases(one) > cases(best) ? one : best))
    tasks.length = 0
    broadest.selected = true
    broadest.closest("select").dispatchEvent(new Event("change"))
    const rest = time => new Promise(go => setTimeout(go, time))
    while (!document.querySelector("#answer[data-told]")) await rest(50)
    await rest(500)
    return Math.max(0, ...tasks.map(task => task.duration))
}"""
"""The longest task after the answer that most cases give was chosen, its entries still to load."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: what it is, what is asked of it by number of cases, and the unit."""

    name: str
    unit: str
    asked: Mapping[int, float]


def _every(asked: float) -> dict[int, float]:
    return dict.fromkeys((300, 1_000, 10_000), asked)


ROWS = (
    Row("page, styles, scripts and data, gz", "KB", {300: 90}),
    Row("summaries, which come later, gz", "KB", {}),
    Row("scripts of the page at first, parts.js apart, gz", "KB", _every(9)),
    Row("data of the page, gz", "KB", {300: 45, 1_000: 140, 10_000: 1_350}),
    Row("DOMContentLoaded", "ms", {}),
    Row("longest task while loading", "ms", {10_000: 200}),
    Row("longest task after load", "ms", {10_000: 200}),
    Row("tick until counts show, median", "ms", {300: 50, 10_000: 60}),
    Row("tick until counts show, p95", "ms", {10_000: 100}),
    Row("keystroke, median", "ms", {300: 50, 10_000: 100}),
    Row("first word, 2 s after load, until cases show", "ms", {10_000: 150}),
    Row("the same until nothing changes any more", "ms", {}),
    Row("first typing error", "ms", {10_000: 250}),
    Row("search over texts: first query, gz", "KB", {1_000: 60}),
    Row("the same with sentences, gz", "KB", {1_000: 100}),
    Row("a later query, gz", "KB", {1_000: 45}),
    Row("a later query with sentences, gz", "KB", {1_000: 85}),
    Row("a query with a typing error, gz", "KB", {1_000: 130}),
    Row("longest task of the finder's broadest answer", "ms", {10_000: 200}),
)


class Reader:
    """A page of a site in a slow browser, and what it has asked for."""

    def __init__(
        self,
        browser: Browser,
        site: Path,
        path: str = "cases/index.html",
        ready: str = "#find-count",
    ) -> None:
        """Open a page, that of all cases, with an empty cache, and wait until it is ready."""
        self.site, self.asked = site, list[Path]()
        self.page: Page = browser.new_page(viewport={"width": 360, "height": 800})
        self.page.on("request", lambda request: self.asked.append(_file(request.url)))
        slow = self.page.context.new_cdp_session(self.page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.page.add_init_script(WATCH)
        self.page.add_init_script(TIMED)
        self.page.goto((site / path).as_uri())
        self.page.wait_for_selector(ready)

    def run(self, script: str, value: object = None) -> Any:  # noqa: ANN401 - JSON
        """Return what a script returns."""
        return self.page.evaluate(script, value)

    def rest(self, milliseconds: int = REST) -> None:
        """Wait as a reader does."""
        self.page.wait_for_timeout(milliseconds)

    def found(self) -> int:
        """Return how many cases are found at present."""
        return int(self.page.locator("#find-count").inner_text().split()[0].replace(",", ""))

    def query(self, words: str) -> tuple[float, float, float]:
        """Return the KB that a query asks for: the list, its sentences, and words for errors."""
        before = len(self.asked)
        self.run(WHOLE, words)
        self.page.wait_for_load_state("networkidle")
        self.rest()
        asked = [file for file in self.asked[before:] if "search" in file.as_posix()]
        sentences = [file for file in asked if file.parent.name == "text"]
        words_ = [file for file in asked if file.name == "words.js"]
        rest = [file for file in asked if file not in sentences and file not in words_]
        return _kb(rest), _kb(sentences), _kb(words_)


def _file(address: str) -> Path:
    return Path(address.removeprefix("file://").partition("?")[0].partition("#")[0])


def _kb(files: Iterable[Path]) -> float:
    """Return the KB of 1,000 bytes that files take on the line."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1_000


def _some(number: int, words: str) -> None:
    """Stop where nothing was found: an empty list is shown faster than any other."""
    if not number:
        raise click.ClickException(f"nothing found for '{words}': choose words of the corpus")


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def measured(browser: Browser, site: Path) -> Iterator[float]:
    """Yield the value of each row for a site."""
    Reader(browser, site).page.close()  # the first page of a browser starts much besides
    reader = Reader(browser, site)
    reader.rest(5_000)  # summaries of a long library come after the first paint
    first = [file for file in reader.asked if file.suffix in {".html", ".css", ".js"}]
    first = [file for file in first if file.name != "summaries.js"]
    scripts = [file for file in first if file.parent.name == "assets" and file.suffix == ".js"]
    yield _kb(first)
    yield _kb([site / "assets/data/summaries.js"])
    yield _kb(file for file in scripts if file.name in {"engine.js", "explorer.js"})
    yield _kb(file for file in first if file.parent.name == "data")
    timing = "performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
    yield reader.run(timing)
    yield from reader.run(LONGEST)
    ticks = reader.run(TICKS)
    yield from (median(ticks), _p95(ticks))
    reader.page.close()
    word = Reader(browser, site)
    word.rest()
    first_word, settled, found = word.run(SETTLED, WORD)
    _some(found, WORD)
    keys = word.run(TYPED, WORDS)
    _some(word.found(), WORDS)
    yield from (median(keys), first_word, settled)
    yield word.run(WHOLE, TYPO)
    _some(word.page.locator(".find-help .chips button").count(), TYPO)
    word.page.close()
    text = Reader(browser, site)
    for words in (WORD, WORDS):
        listed, sentences, _ = text.query(words)
        _some(text.found(), words)
        yield from (listed, listed + sentences)
    *others, known = text.query(TYPO)
    _some(int(known), TYPO)
    yield sum((*others, known))
    text.page.close()
    finder = Reader(browser, site, "prepare/index.html", "form.ask:not([hidden])")
    finder.rest()
    yield finder.run(BROADEST)
    finder.page.close()


def table(columns: Mapping[int, Sequence[float]]) -> str:
    """Return the values of each size beside what is asked, as a table in Markdown."""
    heads = [f"{size:,} cases" for size in columns]
    lines = [["measure", *heads], ["---"] * (1 + len(heads))]
    for at, row in enumerate(ROWS):
        cells = [_cell(row, size, values[at]) for size, values in columns.items()]
        lines.append([f"{row.name}, {row.unit}", *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: Row, size: int, value: float) -> str:
    number = f"{value:.1f}" if row.unit == "KB" else f"{value:.0f}"
    if value == 0:
        number = "< 50"  # a browser tells of longer tasks alone
    if size not in row.asked:
        return number
    asked = row.asked[size]
    return f"{number} (≤ {asked:,g}{'' if value <= asked else ': missed'})"


def _built(size: int, folder: Path) -> Path:
    """Return the site of a corpus of so many cases."""
    folder.mkdir()
    CASEBOOK.prepare(folder, list(light(size)))
    subprocess.run(CASEBOOK.command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return CASEBOOK.pages(folder)


def _measure(sites: Mapping[int, Callable[[], Path]], rounds: int) -> str:
    path = chromium.found()
    if path is None:
        raise click.ClickException(chromium.NONE)
    columns: dict[int, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for size, site in sites.items():
            click.echo(f"{size:,} cases", err=True)
            folder = site()
            runs = [list(measured(browser, folder)) for _ in range(rounds)]
            columns[size] = [median(values) for values in zip(*runs, strict=True)]
        browser.close()
    return table(columns)


@click.command()
@click.option("--sizes", default=SIZES, show_default=True, help="How many cases.")
@click.option("--rounds", default=3, show_default=True, help="How often each is measured.")
@click.option(
    "--site",
    "sites",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A site that is built already, one for each size.",
)
def main(sizes: str, rounds: int, sites: tuple[Path, ...]) -> None:
    """Measure the reader's side of large libraries, and print a table."""
    numbers = [int(size) for size in sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="casebook-reader-") as work:
        if sites:
            made = {n: (lambda s=s: s.resolve()) for n, s in zip(numbers, sites, strict=True)}
        else:
            made = {n: (lambda n=n: _built(n, Path(work) / str(n))) for n in numbers}
        click.echo(_measure(made, rounds))


if __name__ == "__main__":
    main()
