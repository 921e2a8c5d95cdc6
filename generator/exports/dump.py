"""`data/library.json`: everything that is published, with links in both directions.

There is a line for each case, facet and vocabulary, so that two editions can be compared line by
line, and a part of the file for each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.analysis.related import Related
from generator.analysis.tally import distinct_cases, term_counts
from generator.base.site import Site
from generator.exports.computed import Computed
from generator.exports.data_file import DataFile, Part, json_items, json_line
from generator.library import address
from generator.library.library import Claim, Library
from generator.markdown import join

FORMAT = 1
"""The version of the form; it changes when a reader of the old form would misread the new one."""


def library_json(
    library: Library,
    site: Site,
    related: Mapping[str, tuple[Related, ...]],
    computed: Computed,
) -> Iterator[DataFile]:
    """Yield the library as JSON; what the site computed is under `computed`."""
    yield DataFile(
        path="data/library.json",
        what="Everything: records, terms, links in both directions",
        parts=tuple(_parts(library, site, related, computed)),
        rows=len(library.cases),
    )


def _parts(
    library: Library,
    site: Site,
    related: Mapping[str, tuple[Related, ...]],
    computed: Computed,
) -> Iterator[Part]:
    """Yield the parts: what is said of the whole, then four lists, then the former ids."""
    model = library.model
    case = partial(_case, library, related, computed)
    examples = {id_ for id_ in library.cases if library.is_example(id_)}
    lists = {
        model.folder: json_items("case", [c for c in library.cases if c not in examples], case),
        "examples": json_items("case", [c for c in library.cases if c in examples], case),
        "facets": json_items("facet", model.facets, partial(_facet, library)),
        "vocabularies": json_items("vocabulary", model.vocabularies, partial(_vocabulary, library)),
    }
    yield Part("head", partial(_head, library, site))
    for name, items in lists.items():
        yield Part(f"begin/{name}", partial(_begin, name))
        yield from items
        yield Part(f"end/{name}", partial(bytes, b"\n]"))
    yield Part("moved", partial(_moved, library))


def _head(library: Library, site: Site) -> bytes:
    values = {
        "format": FORMAT,
        "site": site.name,
        "as_of": library.as_of,
        "licence": site.licence,
        "counted": len(library.counted),
    }
    lines = (json_line(name) + b":" + json_line(value) for name, value in values.items())
    return b"{\n" + b",\n".join(lines)


def _begin(name: str) -> bytes:
    return b",\n" + json_line(name) + b":["


def _moved(library: Library) -> bytes:
    return b',\n"moved":' + json_line(dict(library.current_ids)) + b"\n}\n"


def _case(
    library: Library,
    related: Mapping[str, tuple[Related, ...]],
    computed: Computed,
    id_: str,
) -> dict[str, object]:
    case, claims = library.cases[id_], library.claims[id_]
    return {
        "id": id_,
        "page": address.case(library, id_),
        "values": dict(case.values),
        "text": join(case.body, [None] * len(case.body.links)),
        "computed": {
            "counted": library.is_counted(id_),
            "translates": library.originals.get(id_, ""),
            "translations": library.translations.get(id_, ()),
            "terms": dict(library.terms[id_]),
            "missing": computed.missing(id_),
            "answers": {name: summary.sentence for name, summary in computed.answers(id_).items()},
            "claims": [_claim(library, claim) for own in claims.values() for claim in own],
            "related": [
                {
                    "case": item.case,
                    "named": item.named,
                    "names": item.names,
                    "relation": item.relation,
                    "shared": [{"facet": facet.name, "term": term} for facet, term in item.shared],
                }
                for item in related[id_]
            ],
            "words": case.body.words,
        },
    }


def _claim(library: Library, claim: Claim) -> dict[str, object]:
    entry: dict[str, object] = {
        "field": claim.field,
        "entry": claim.index,
        "term": claim.term,
        "page": address.claim(library, claim),
    }
    if claim.strength is not None:
        entry["strength"] = claim.strength
    return entry


def _facet(library: Library, name: str) -> dict[str, object]:
    facet = library.model.facets[name]
    numbers = term_counts(library, facet)
    index, example_index = library.index[facet.name], library.example_index[facet.name]
    answer_counts = library.answer_counts[facet.name]
    return {
        "name": facet.name,
        "label": facet.label,
        "vocabulary": facet.vocabulary,
        "page": address.facet(facet),
        "computed": {
            "known": answer_counts.known,
            "unknown": answer_counts.unknown,
            "silent": answer_counts.silent,
        },
        "terms": [
            {
                "id": id_,
                "page": address.term(library, facet, id_),
                "computed": {"cases": numbers.get(id_, 0)},
                "cases": distinct_cases(index.get(id_, ())),
                "mentions": [{"case": m.case, "entry": m.entry} for m in index.get(id_, ())],
                "examples": distinct_cases(example_index.get(id_, ())),
            }
            for id_ in library.model.vocabulary_of(facet).terms
            if library.named(facet, id_)
        ],
    }


def _vocabulary(library: Library, name: str) -> dict[str, object]:
    """Return a vocabulary with all its terms; of an open one, those that the glossary lists."""
    vocabulary = library.model.vocabularies[name]
    return {
        "name": name,
        "title": vocabulary.title,
        "definition": vocabulary.definition,
        "open": vocabulary.open,
        "terms": [
            {
                "id": term.id,
                "label": term.label,
                "definition": term.definition,
                "synonyms": term.synonyms,
                "broader": term.broader,
                "labels": dict(term.labels),
                "former_ids": term.former_ids,
            }
            for term in vocabulary.terms.values()
            if not vocabulary.open or library.is_in_glossary(vocabulary, term.id)
        ],
    }
