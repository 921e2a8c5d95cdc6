"""Everything that may be done to a library between two builds: `EDITS`, by what is done.

Each edit takes a `Garden` and may be done again and again, in any order, together with any others.
`SWAPS` put one text in the place of another, and back the next time. `OPTIONS` are what builds are
asked for. To add an edit, add a line to `SWAPS`, or a function and its name to `EDITS`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial

from edited_library import Garden, Options, write_record

Edit = Callable[[Garden], None]

# ---- one text in the place of another -----------------------------------------------------------

SWAPS: dict[str, tuple[str, str, str]] = {
    # what a record says of itself
    "title that keeps its place": ("gardens/twin.md", "Le jumeau", "Le jumelet"),
    "title that moves": ("gardens/plot-2.md", "title: Plot two", "title: A plot two"),
    "id that comes first": ("gardens/own-0.md", "id: own\n", "id: an-own\n"),
    "title of an example that moves": ("gardens/cloud.md", "title: A cloud", "title: Not a cloud"),
    "summary unknown": ("gardens/shore.md", "summary: unknown", "summary: A garden in salt."),
    "day of an update": ("gardens/plot-0.md", "updated: 2026-03-01", "updated: 2026-02-11"),
    "newest day of all": ("gardens/jardin.md", "updated: 2026-05-02", "updated: 2026-05-12"),
    "day of a review": ("gardens/plot-2.md", "on: 2026-02-03", "on: 2026-02-04"),
    "review due": ("gardens/hill.md", "review_due: 2026-06", "review_due: 2026-07"),
    "field that a full record needs": ("gardens/plot-0.md", "updated: 2026-03-01\n", "updated: 2026-03-01\nauthors: [{position: Warden}]\n"),
    "author": ("gardens/plot-2.md", "position: Gardener", "position: Head gardener"),
    "language": ("gardens/twin.md", "language: fr", "language: de"),
    "kind that counts as well": ("gardens/own-0.md", "kind: sketch\nsoil: clay", "kind: whole\nauthors: [{position: Warden}]\nhelps: [rain]\nneighbours: [{name: Oak Farm, trade: miller}]\nsoil: clay"),
    "kind that does not count": ("gardens/plot-2.md", "kind: sketch", "kind: dream"),
    "example that counts": ("gardens/moon.md", "kind: dream", "kind: sketch"),
    "original is translated by nobody": (
        "gardens/twin.md",
        "translation_of: valley\n",
        "motto: Une parcelle\n",
    ),
    "translation of another": (
        "gardens/jardin.md",
        "translation_of: valley",
        "translation_of: shore",
    ),
    "motto": ("gardens/hill.md", "Water = life", "Water and life"),
    "advice unknown": ("gardens/hill.md", 'advice: Begin with the "soil", then wait.', "advice: unknown"),
    "kind left out": ("gardens/shore.md", "updated: 2026-04-01\n", "updated: 2026-04-01\nmotto: Salt\n"),
    # periods
    "period begins": ("gardens/plot-1.md", "start: 2018, end: 2019", "start: 2016, end: 2019"),
    "period ends": ("gardens/hill.md", "end: 2022-03", "end: 2021-11"),
    "period goes on": ("gardens/plot-0.md", "{start: 2020}", "{start: 2020, end: 2024}"),
    "period unknown": ("gardens/shore.md", "soil: dune\n", "period: unknown\nsoil: dune\n"),
    "milestone": ("gardens/hill.md", "date: 2019-04", "date: 2019-05"),
    # numbers
    "number": ("gardens/well.md", "cost: 700", "cost: 7000"),
    "number that changes no order": ("gardens/yard.md", "cost: 1,200.50", "cost: 1,200.40"),
    "number unknown": ("gardens/roof.md", "cost: unknown", "cost: 12"),
    # terms of fields and entries
    "term of a field": ("gardens/shore.md", "soil: dune\n", "soil: [dune, peat]\n"),
    "country": ("gardens/own-0.md", "countries: se", "countries: la"),
    "country of an example": ("gardens/cloud.md", "countries: global", "countries: la"),
    "spelling of a term": ("gardens/hill.md", "soil: [sandy, clay]", "soil: [Sand, clay]"),
    "term of a translation": ("gardens/jardin.md", "soil: Sable", "soil: clay"),
    "term of a situation": ("gardens/valley.md", "soil: peat", "soil: clay"),
    "term that is unknown": ("gardens/moon.md", "soil: peat\n", "soil: peat\ncountries: unknown\n"),
    "term of a counted case that is unknown": ("gardens/shore.md", "helps:\n", "countries: unknown\nhelps:\n"),
    "term in another list": (
        "gardens/plot-0.md",
        "neighbours: [{name: Elm Farm, trade: miller}]",
        "helps: [{help: rain, what: It came., way: helped}]",
    ),
    "claim of another term": (
        "gardens/hill.md",
        "  - help: rain\n    what: Too much of it in 2020.\n    way: hindered\n  - help: rain\n",
        "  - help: compost\n    what: Too much of it in 2020.\n    way: hindered\n  - help: rain\n",
    ),
    "key of a claim": ("gardens/plot-1.md", "{hinder: slugs,", "{hinder: frost,"),
    "claim of nothing known": ("gardens/shore.md", "  - unknown\n", "  - compost\n"),
    "way of a claim": ("gardens/shore.md", "    way: unknown", "    way: helped"),
    "way of a claim, which another says": (
        "gardens/hill.md",
        "    way: helped\n    weight: decisive",
        "    way: hindered\n    weight: decisive",
    ),
    "weight of a claim": ("gardens/hill.md", "weight: decisive", "weight: minor"),
    # words of claims
    "words of a claim": ("gardens/hill.md", "And never stopped.", "And it never stopped."),
    "words of the claim of an example": (
        "gardens/moon.md",
        "helps: [patience]",
        "helps: [{help: patience, what: It takes long.}]",
    ),
    "words of a response": ("gardens/plot-1.md", "Ducks were hired.", "Geese were hired."),
    "no response": ("gardens/own-0.md", "response: Fleece was laid., worked: 'yes'", "worked: 'yes'"),
    "response to what another met": ("gardens/own-0.md", "what: No rain.}", "what: No rain., response: It was borne.}"),
    "response unknown": ("gardens/plot-1.md", "response: unknown", "response: It was borne."),
    "result of a response": ("gardens/plot-1.md", "worked: partly", "worked: 'no'"),
    "words of a trial": ("gardens/plot-1.md", "A loan was found.", "A gift was found."),
    "trial met": ("gardens/plot-2.md", "money: {met: partly", "money: {met: 'no'"),
    "trial that worked": ("gardens/plot-2.md", "swapped., worked: 'no'", "swapped., worked: partly"),
    "answer to a question": ("gardens/hill.md", "  sun: yes", "  sun: partly"),
    "answer withdrawn": ("gardens/plot-2.md", "sun: partly, time", "time"),
    "reason of an answer": ("gardens/hill.md", "A well was dug.", "A well was dug there."),
    "words of a harvest": ("gardens/plot-1.md", "Pears by the cart.", "Many pears."),
    "size of a harvest": ("gardens/plot-1.md", "size: cart", "size: basket"),
    "success of a harvest": ("gardens/plot-1.md", "ripe: ripe", "ripe: rotten"),
    "success of another harvest": ("gardens/plot-0.md", "ripe: green", "ripe: sweet"),
    # evidence
    "evidence added": ("gardens/hill.md", "    way: hindered", "    way: hindered\n    shown_by: [diary-1]"),
    "evidence dropped": ("gardens/plot-0.md", "ripe: green, shown_by: [book]", "ripe: green"),
    "kind of evidence": ("gardens/hill.md", "sort: survey, citation", "sort: diary, citation"),
    "independent": ("gardens/own-0.md", "outside: 'no'", "outside: 'yes'"),
    "words of a source": ("gardens/plot-0.md", "citation: A book.", "citation: A thick book."),
    "address of a source": ("gardens/hill.md", "survey.example/hill", "survey.example/slope"),
    "rivals": ("gardens/hill.md", "    rivals: The wet year of 2020 was considered, and came later.\n    shown_by", "    shown_by"),
    # partners
    "alias of a partner": ("gardens/hill.md", "name: The Oaks", "name: Oak Farm"),
    "trade of a partner": ("gardens/hill.md", "trade: unknown", "trade: farmer"),
    "partner of a counted case": ("gardens/plot-2.md", "Old Bärn]", "Old Barn Two, Elm Farm]"),
    "partner without a trade": ("gardens/valley.md", "{name: Elm Farm, trade: farmer}\n", "{name: Elm Farm, trade: farmer}\n  - Oak Farm\n"),
    "partner of a translation": ("gardens/jardin.md", "neighbours: [Oak Farm]", "neighbours: [Oak Farm, Moulin Neuf]"),
    "partner that a translation has": ("gardens/shore.md", "neighbours: [Oak Farm]", "neighbours: [Oak Farm, Moulin Neuf]"),
    "new partner of a case": ("gardens/plot-2.md", "[Old barn, ", "[Ash Farm, Old barn, "),
    "capitals of a new partner": ("gardens/plot-1.md", "[Old Barn]", "[OLD Barn]"),
    "place of a new partner": ("gardens/plot-1.md", "[Old Barn]", "[Old-Barn]"),
    "partner in no group": ("gardens/cloud.md", "neighbours: [Oak Farm]", "neighbours: [Söder Nursery]"),
    "consent": ("gardens/valley.md", "consent: 'no'", "consent: 'yes'"),
    "consent withdrawn": ("gardens/hill.md", "consent: 'yes'", "consent: 'no'"),
    "words about a hidden name": ("gardens/valley.md", "It took years.", "It took long."),
    # related cases
    "related case": ("gardens/own-0.md", "soil: clay\n", "soil: clay\nrelated: [{case: plot-1}]\n"),
    "relation": ("gardens/hill.md", "relation: contrasts", "relation: follows"),
    "case related to another": ("gardens/plot-0.md", "{case: hill, ", "{case: shore, "),
    # links
    "link of the same words": ("gardens/plot-1.md", "(hill.md)", "(shore.md)"),
    "link to a claim": ("gardens/hill.md", "#helps-rain)", "#helps-patience)"),
    "link to a term": ("gardens/shore.md", "(term:peat)", "(term:clay)"),
    "heading that is linked to": ("gardens/shore.md", "## What grew", "## What grew\n\n### So it was"),
    "heading like a part of the page": ("gardens/hill.md", "## How it began", "## Sources\n\n## How it began"),
    "link of a page": ("about.md", "(term:compost)", "(term:patience)"),
    "title of a page": ("about.md", "title: About", "title: About all"),
    # vocabularies
    "label that moves": ("vocabulary/helps.yml", "label: Patience", "label: A patience"),
    "label of a group": ("vocabulary/soil.yml", "label: Light soils", "label: Lighter soils"),
    "label of a source's kind": ("vocabulary/sort.yml", "label: Survey", "label: Surveying"),
    "definition": ("vocabulary/soil.yml", "definition: Heavy.", "definition: Heavy and wet."),
    "synonyms": ("vocabulary/helps.yml", "synonyms: [waiting]", "synonyms: [waiting, time]"),
    "group of a term": ("vocabulary/soil.yml", "{id: clay, label: Clay", "{id: clay, broader: light, label: Clay"),
    "group of a hinder": ("vocabulary/hinders.yml", "label: Frost, broader: cold", "label: Frost"),
    "order of terms": (
        "vocabulary/size.yml",
        "  - {id: basket, label: Basket}\n  - {id: cart, label: Cart}\n",
        "  - {id: cart, label: Cart}\n  - {id: basket, label: Basket}\n",
    ),
    "new term": ("vocabulary/hinders.yml", "title: Hinders\nterms:\n", "title: Hinders\nterms:\n  - {id: hail, label: Hail}\n"),
    "question": ("vocabulary/questions.yml", "  - {id: time", "  - {id: room, label: 'Is there room?'}\n  - {id: time"),
    "label of a partner": ("vocabulary/neighbours.yml", "label: Elm Farm", "label: An Elm Farm"),
    "group of a partner": ("vocabulary/neighbours.yml", "{id: elm-farm, label", "{id: elm-farm, broader: farms, label"),
    "label of partners": ("vocabulary/neighbours.yml", "label: Farms", "label: All farms"),
    "order of partners": (
        "vocabulary/neighbours.yml",
        "  - {id: farms, label: Farms}\n  - {id: mills, label: Mills}\n",
        "  - {id: mills, label: Mills}\n  - {id: farms, label: Farms}\n",
    ),
    "definition of a partner": ("vocabulary/neighbours.yml", "definition: A farm.", "definition: The farm."),
    "partner nobody names": ("vocabulary/neighbours.yml", "  - {id: oak-farm", "  - {id: far-farm, label: Far Farm}\n  - {id: oak-farm"),
    "partner declared": ("vocabulary/neighbours.yml", "open: true\nterms:\n", "open: true\nterms:\n  - {id: great-barn, label: The Great Barn, broader: farms}\n"),
    # settings
    "matrix": ("../site_config.yml", "matrices: [helps by soil, ", "matrices: ["),
    "first facets": ("../site_config.yml", "begin: [helps, soil]", "begin: [hinders, helps]"),
    "label of a field": ("record.yml", "label: Motto", "label: Saying"),
    "field with evidence": ("record.yml", "levels: [nothing cited, ", "levels: [nothing at all, "),
    "order of fields": ("record.yml", "  motto: {kind: line, label: Motto, section: facts, help: A few words.}\n  map: {kind: url, label: Map, section: facts, help: An address.}\n", "  map: {kind: url, label: Map, section: facts, help: An address.}\n  motto: {kind: line, label: Motto, section: facts, help: A few words.}\n"),
    "what occurs with what": ("record.yml", "occurs_with: [soil, helps, hinders]", "occurs_with: [helps]"),
}  # fmt: skip
"""By what is done: a file below content/, and the two texts of which one is in it."""


def swap(garden: Garden, path: str, one: str, other: str) -> None:
    """Put one text in the place of the other; where an edit took both away, do nothing."""
    file = garden.file("content") / path
    text = file.read_text("utf-8") if file.exists() else ""
    # The longer one first: it may hold the shorter.
    for old, new in sorted([(one, other), (other, one)], key=lambda pair: -len(pair[0])):
        if old in text:
            file.write_text(text.replace(old, new, 1), "utf-8")
            return


# ---- texts, titles, terms at random -------------------------------------------------------------


def words(garden: Garden) -> None:
    """Write other words into the text of a record."""
    garden.append(garden.any_record(), f"\nWords of {garden.word()}.\n")


def link(garden: Garden) -> None:
    """Let the text of a record lead to another."""
    names = ("hill", "shore", "moon", "plot-0", "plot-1", "plot-2")
    other = garden.chance.choice(names)
    garden.append(garden.any_record(), f"\nSee [{garden.word()}]({other}.md).\n")


def heading(garden: Garden) -> None:
    """Give the text of a record one more heading, and another a link to it."""
    word = garden.word()
    name = garden.chance.choice(["hill", "plot-0"])
    garden.append(garden.record(name), f"\n## On {word}\n\nWords.\n")
    garden.append(garden.record("shore"), f"\nSee [there]({name}.md#on-{word}).\n")


def title(garden: Garden) -> None:
    """Rename a record, which other pages show, and which may change the order of all."""
    garden.state(
        garden.chance.choice(garden.records("new-") or [garden.record("twin")]),
        "title",
        garden.word(),
    )


def summary(garden: Garden) -> None:
    """Change the sentence that cards and the feed show."""
    names = ["hill", "moon", "plot-0", "plot-1", "twin"]
    file = garden.record(garden.chance.choice(names))
    garden.state(file, "summary", f"A garden with {garden.word()}.")


def terms(garden: Garden) -> None:
    """Let a record name other terms, old and new."""
    soils = garden.chance.sample(["sand", "dune", "clay", "peat", "light"], 2)
    places = garden.chance.sample(["se", "fr", "la", "global", "north"], 2)
    for file in garden.records("new-")[:1]:
        garden.state(file, "soil", f"[{', '.join(soils)}]")
        garden.state(file, "countries", f"[{', '.join(places)}]")


def claims(garden: Garden) -> None:
    """Let a record make other claims."""
    chance = garden.chance
    hinders = [
        f"{{hinder: {chance.choice(['slugs', 'drought', 'frost', 'cold'])}, what: A {garden.word()}.,"
        f" response: {chance.choice(['unknown', 'None.', 'Much.'])},"
        f" worked: {chance.choice(['unknown', 'partly', 'yes'])}}}"
        for _ in range(chance.choice([1, 2, 3]))
    ]
    for file in garden.records("new-")[:1]:
        garden.state(file, "hinders", f"[{', '.join(hinders)}]")


def new_partner(garden: Garden) -> None:
    """Let a record bring a new name into an open vocabulary."""
    word = garden.word().capitalize()
    garden.state(garden.record("twin"), "neighbours", "[Oak Farm]")
    for file in garden.records("new-")[:1]:
        garden.state(file, "neighbours", f"[{{name: {word}, trade: miller}}]")


def spelling(garden: Garden) -> None:
    """Write a new name with other capitals, which leaves its id as it is."""
    file = garden.record("plot-1")
    large = "GREAT Barn" in file.read_text("utf-8")
    garden.state(file, "neighbours", f"[{{name: {'Great BARN' if large else 'GREAT Barn'}}}]")


def day(garden: Garden) -> None:
    """Give a record a later day, from which ages may be reckoned."""
    garden.number += 1
    last = f"{2026 + garden.number // 300}-{1 + garden.number // 25 % 12:02}"
    file = garden.record(garden.chance.choice(["hill", "plot-0", "shore"]))
    garden.state(file, "updated", f"{last}-{1 + garden.number % 25:02}")


def former(garden: Garden) -> None:
    """Give a record a former address."""
    garden.state(garden.record("plot-2"), "former_ids", f"[was-{garden.word()}]")


def visibility(garden: Garden) -> None:
    """Withhold a record, or its names, or publish it."""
    access = garden.chance.choice(["internal", "anonymised", "public"])
    garden.state(garden.record(garden.chance.choice(["plot-0", "cloud"])), "access", access)


# ---- files --------------------------------------------------------------------------------------


def more(garden: Garden) -> None:
    """Write one record more."""
    write_record(garden.root, f"new-{garden.word()}", "Words, [the hill](hill.md).")


def fewer(garden: Garden) -> None:
    """Delete a record that was written before, if there is one."""
    if found := garden.records("new-"):
        garden.chance.choice(found).unlink()


def exchanged(garden: Garden) -> None:
    """Write one record more and delete another, so that their number stays."""
    fewer(garden)
    more(garden)


def renamed(garden: Garden) -> None:
    """Give a record's file another name."""
    if found := garden.records("new-"):
        file = garden.chance.choice(found)
        file.rename(file.with_name(f"new-{garden.word()}.md"))


def moved(garden: Garden) -> None:
    """Give the file of a record that says its id itself another name, which links to it show."""
    (file,) = garden.records("own-")
    file.rename(file.with_name(f"own-{garden.word()}.md"))


def own_id(garden: Garden) -> None:
    """Give a record that says its id itself another one."""
    (file,) = garden.records("own-")
    garden.state(file, "id", f"own-{garden.word()}")


def page(garden: Garden) -> None:
    """Change a plain page."""
    garden.append(garden.file("content/about.md"), f"\nWords of {garden.word()}.\n")


def page_more(garden: Garden) -> None:
    """Write one plain page more, or delete it."""
    file = garden.file("content/more.md")
    if file.exists():
        file.unlink()
    else:
        garden.write(file, f"---\ntitle: More {garden.word()}\n---\nSee [it](gardens/hill.md).\n")


def home(garden: Garden) -> None:
    """Give the home page a text of its own, or take it out."""
    file = garden.file("content/index.md")
    if file.exists():
        file.unlink()
    else:
        garden.write(file, f"---\ntitle: Home\n---\nWords of {garden.word()}.\n")


def picture(garden: Garden) -> None:
    """Change the bytes of a picture, its size as it was."""
    file = garden.file("content/gardens/pear.png")
    content = bytearray(file.read_bytes())
    content[-5] = (content[-5] + 1) % 256
    file.write_bytes(content)


def term_deleted(garden: Garden) -> None:
    """Delete a term that nobody names, or add it again."""
    swap(
        garden,
        "vocabulary/ripe.yml",
        "  - {id: sweet, label: Sweet}\n",
        "  - {id: sweet, label: Sweeter}\n",
    )


# ---- the site around the records ----------------------------------------------------------------


def template(garden: Garden) -> None:
    """Change the words of a template."""
    name = garden.chance.choice(["main.html", "pages/case.html", "pages/term.html", "macros.html"])
    garden.append(garden.file(f"templates/{name}"), f"{{# {garden.word()} #}}")
    garden.change(garden.file("templates/main.html"), "</body>", f"<p>{garden.word()}</p></body>")


def asset(garden: Garden) -> None:
    """Change the styles."""
    garden.append(garden.file("templates/assets/casebook.css"), f"/* {garden.word()} */")


def settings(garden: Garden) -> None:
    """Change what the settings say."""
    word = garden.word()
    changes = {
        "site_name: ": f"site_name: {word} ",
        "site_description: ": f"site_description: {word} ",
        "example/library/": f"example/library/{word}/",
        "main/content/": f"main/content/{word}/",
        "CC-BY-4.0": f"{word}-CC-BY-4.0",
    }
    old = garden.chance.choice(list(changes))
    garden.change(garden.file("site_config.yml"), old, changes[old])


def inherited(garden: Garden) -> None:
    """Change a setting in a file that the settings build on."""
    garden.write(garden.file("base.yml"), f"site_author: {garden.word()}\n")


def mistake(garden: Garden) -> None:
    """Write something wrong into a record, for which nothing is built, or mend it."""
    swap(garden, "gardens/plot-1.md", "kind: sketch", "kind: sketsch")


def warned(garden: Garden) -> None:
    """Write something into a record of which its author is warned, or take it out."""
    swap(
        garden,
        "gardens/moon.md",
        "summary: It would be dry.\n",
        "summary: It would be dry.\nreview_due: 2020-01\nupdated: 2021-01-01\n",
    )


# ---- what was made, and what was kept -----------------------------------------------------------
# By its home page a build knows a site that may be written over: edits leave that one as it is.


def touched(garden: Garden) -> None:
    """Give files other times, and the same bytes."""
    garden.number += 1
    for file in garden.records():
        os.utime(file, (garden.number, garden.number))


def disguised(garden: Garden) -> None:
    """Change the bytes of a record, and give it back its size and its time."""
    file = garden.record("plot-2")
    before = file.stat()
    swap(garden, "gardens/plot-2.md", "Words of 2", "Wards of 2")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def nothing(garden: Garden) -> None:
    """Change nothing."""


def no_site(garden: Garden) -> None:
    """Delete the site."""
    shutil.rmtree(garden.file("site"), ignore_errors=True)


def half_a_site(garden: Garden) -> None:
    """Delete some files of the site."""
    for file in sorted(garden.file("site").rglob("*.html")):
        if file.name != "index.html" and garden.chance.random() < 0.5:
            file.unlink()


def other_bytes(garden: Garden) -> None:
    """Put a file with other bytes in the place of some files of the site."""
    for file in sorted(garden.file("site").rglob("*")):
        if file.is_file() and file.name != "index.html" and garden.chance.random() < 0.2:
            file.unlink()
            file.write_bytes(b"damaged")


def damaged_in_place(garden: Garden) -> None:
    """Write other bytes into files of the site, which are those that were kept as well."""
    for file in sorted(garden.file("site").rglob("*")):
        if file.is_file() and file.name != "index.html" and garden.chance.random() < 0.2:
            file.write_bytes(b"damaged")


def kept_deleted(garden: Garden) -> None:
    """Delete some of what was kept."""
    for file in sorted(garden.file(".casebook-cache/made").glob("*")):
        if garden.chance.random() < 0.5:
            file.unlink()


def kept_damaged(garden: Garden) -> None:
    """Put a file with other bytes in the place of some that were kept."""
    for file in sorted(garden.file(".casebook-cache/made").glob("*")):
        if garden.chance.random() < 0.2:
            file.unlink()
            file.write_bytes(b"damaged")


def _deleted(garden: Garden, name: str) -> None:
    for file in garden.file(".casebook-cache").glob(f"{name}*"):
        file.unlink()


def _damaged(garden: Garden, name: str) -> None:
    for file in garden.file(".casebook-cache").glob(name):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 255
        file.write_bytes(content)


FUNCTIONS: tuple[Edit, ...] = (
    *(words, link, heading, title, summary, terms, claims, new_partner, spelling, day, former),
    *(visibility, more, fewer, exchanged, renamed, moved, own_id, page, page_more, home, picture),
    *(term_deleted, template, asset, settings, inherited, mistake, warned, touched, disguised),
    *(nothing, no_site, half_a_site, other_bytes, damaged_in_place, kept_deleted, kept_damaged),
)

EDITS: dict[str, Edit] = {
    **{name: partial(swap, path=p, one=a, other=b) for name, (p, a, b) in SWAPS.items()},
    **{edit.__name__: edit for edit in FUNCTIONS},
    **{
        f"{name} {what}": partial(edit, name=name)
        for name in ("last-build", "last-files", "cases.sqlite")
        for what, edit in (("deleted", _deleted), ("damaged", _damaged))
    },
}
"""Every edit by what it does."""

OPTIONS: tuple[Options, ...] = (
    *({}, {}, {"as_of": "2027-01-01"}, {"as_of": "2031-05-06"}, {"internal": True}),
)
"""What a build may be asked for; most ask for nothing."""


# ---- edits of the long library ------------------------------------------------------------------


def long_more(garden: Garden) -> None:
    """Write one record more, after which a list is too long for one page."""
    fields = "soil: clay\nperiod: {start: 2020}"
    write_record(garden.root, f"new-{garden.word()}", "", fields)


def long_fewer(garden: Garden) -> None:
    """Delete the records that were written, after which no list is too long."""
    for file in garden.records("new-"):
        file.unlink()


def long_translation(garden: Garden) -> None:
    """Write a translation, or delete it: as many cases are counted, and lists may be too long."""
    file = garden.record("parcelle")
    if file.exists():
        file.unlink()
    else:
        write_record(garden.root, file.stem, "", "translation_of: plot-011")


def long_examples(garden: Garden) -> None:
    """Write examples that stand at the end of the list of all records, or delete them."""
    names = ("zinnia", "zucchini")
    for file in map(garden.record, names):
        if file.exists():
            file.unlink()
        else:
            garden.write(file, f"---\ntitle: Z {file.stem}\nkind: dream\nsoil: clay\n---\n")


def long_title_of_an_example(garden: Garden) -> None:
    """Let an example move from the second page of a list to the first, or back."""
    swap(garden, "gardens/zucchini.md", "title: Z zucchini", "title: A zucchini")


def long_title(garden: Garden) -> None:
    """Let a record move from the first page of a list to the second, or back."""
    swap(garden, "gardens/plot-007.md", "title: Plot 007", "title: Zoo 007")


def long_period(garden: Garden) -> None:
    """Let a record begin later than all others, so that it moves to the end of the timeline."""
    swap(garden, "gardens/plot-007.md", "period: {start: 2020}", "period: {start: 2021}")


def long_example(garden: Garden) -> None:
    """Let a record be no longer counted, so that the list of those counted is a shorter one."""
    swap(garden, "gardens/plot-011.md", "kind: sketch", "kind: dream")


LONG_EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        *(long_more, long_title, long_period, long_example, long_fewer, long_translation),
        *(long_examples, long_title_of_an_example),
    )
}
"""The edits of a library of which one record more makes lists that go over several pages."""
