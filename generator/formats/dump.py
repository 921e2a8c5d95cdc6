"""Owns `data/library.json`: everything that is published, with links in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from generator import address
from generator.formats.format import DataFile, json_bytes
from generator.library import Claim, Library
from generator.model.record import Facet
from generator.related import Related, related
from generator.site import Site
from generator.tally import answered, counts, distinct, missing

FORMAT = 1
"""The version of the form; it changes when a reader of the old form would misread the new one."""


def dump(library: Library, site: Site) -> Iterator[DataFile]:
    """Yield the library as JSON; what the site computed stands under `computed`."""
    model = library.model
    beside = related(library)
    content = {
        "format": FORMAT,
        "site": site.name,
        "as_of": library.as_of,
        "licence": site.licence,
        "counted": len(library.counted),
        model.folder: [
            _case(library, id_, beside) for id_ in library.cases if id_ not in library.examples
        ],
        "examples": [_case(library, id_, beside) for id_ in library.examples],
        "facets": [_facet(library, facet) for facet in model.facets.values()],
        "vocabularies": [_vocabulary(library, name) for name in model.vocabularies],
        "moved": dict(library.moved),
    }
    yield DataFile(
        path="data/library.json",
        what="Everything: records, terms, links in both directions",
        content=json_bytes(content),
        rows=len(library.cases),
    )


def _case(library: Library, id_: str, beside: dict[str, tuple[Related, ...]]) -> dict[str, object]:
    case = library.cases[id_]
    return {
        "id": id_,
        "page": address.case(library, id_),
        "values": dict(case.values),
        "computed": {
            "counted": id_ in library.counted,
            "missing": [field.name for field in missing(case, library.model)],
            "answers": {
                field.name: summed.sentence
                for field in library.model.fields.values()
                if (claims := library.claims[id_].get(field.name))
                and (summed := answered(field, claims, library.model))
            },
            "claims": [_claim(library, claim) for claim in library.all_claims(id_)],
            "related": [
                {
                    "case": item.case,
                    "relation": item.relation,
                    "shared": [{"facet": facet.name, "term": term} for facet, term in item.shared],
                }
                for item in beside[id_]
            ],
            "words": case.body.words,
        },
    }


def _claim(library: Library, claim: Claim) -> dict[str, object]:
    found: dict[str, object] = {
        "field": claim.field,
        "entry": claim.index,
        "term": claim.term,
        "page": f"{address.case(library, claim.case)}#{claim.anchor}",
    }
    return found if claim.strength is None else {**found, "strength": claim.strength}


def _facet(library: Library, facet: Facet) -> dict[str, object]:
    numbers = counts(library, facet)
    stated = library.stated[facet.name]
    return {
        "name": facet.name,
        "label": facet.label,
        "vocabulary": facet.vocabulary,
        "page": address.facet(facet),
        "computed": {"known": stated.known, "unknown": stated.unknown, "silent": stated.silent},
        "terms": [
            {
                "id": id_,
                "page": address.term(library, facet, id_),
                "computed": {"cases": numbers[id_]},
                "cases": list(distinct(mentions)),
                "mentions": [{"case": m.case, "entry": m.entry} for m in mentions],
            }
            for id_, mentions in library.index[facet.name].items()
        ],
    }


def _vocabulary(library: Library, name: str) -> dict[str, object]:
    """Return a vocabulary; of an open one, only the terms that published records use."""
    vocabulary = library.model.vocabularies[name]
    facets = [f for f in library.model.facets.values() if f.vocabulary == name]
    used = {id_ for f in facets for id_ in (*library.index[f.name], *library.imagined[f.name])}
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
                "synonyms": list(term.synonyms),
                "broader": term.broader,
                "labels": dict(term.labels),
            }
            for term in vocabulary.terms.values()
            if not vocabulary.open or term.id in used
        ],
    }
