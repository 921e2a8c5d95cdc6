"""`data/library.json`: everything that is published, with links in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.analysis.related import Related
from generator.analysis.tally import answer_summary, distinct_cases, missing_fields, term_counts
from generator.base.site import Site
from generator.exports.data_file import DataFile, lined_json
from generator.library import address
from generator.library.library import Claim, Library
from generator.markdown import join
from generator.model.record import Facet

FORMAT = 1
"""The version of the form; it changes when a reader of the old form would misread the new one."""


def library_json(
    library: Library, site: Site, related: Mapping[str, tuple[Related, ...]]
) -> Iterator[DataFile]:
    """Yield the library as JSON; what the site computed is under `computed`."""
    yield DataFile(
        path="data/library.json",
        what="Everything: records, terms, links in both directions",
        content=lambda: lined_json(_content(library, site, related)),
        rows=len(library.cases),
    )


def _content(
    library: Library, site: Site, related: Mapping[str, tuple[Related, ...]]
) -> dict[str, object]:
    model = library.model
    return {
        "format": FORMAT,
        "site": site.name,
        "as_of": library.as_of,
        "licence": site.licence,
        "counted": len(library.counted),
        model.folder: (
            _case(library, id_, related) for id_ in library.cases if not library.is_example(id_)
        ),
        "examples": (
            _case(library, id_, related) for id_ in library.cases if library.is_example(id_)
        ),
        "facets": (_facet(library, facet) for facet in model.facets.values()),
        "vocabularies": (_vocabulary(library, name) for name in model.vocabularies),
        "moved": dict(library.current_ids),
    }


def _case(
    library: Library, id_: str, related: Mapping[str, tuple[Related, ...]]
) -> dict[str, object]:
    case = library.cases[id_]
    return {
        "id": id_,
        "page": address.case(library, id_),
        "values": dict(case.values),
        "text": join(case.body, [None] * len(case.body.links)),
        "computed": {
            "counted": library.is_counted(id_),
            "translates": library.originals.get(id_, ""),
            "translations": list(library.translations.get(id_, ())),
            "terms": {name: list(terms) for name, terms in library.terms[id_].items()},
            "missing": [field.dotted for field in missing_fields(case, library.model)],
            "answers": {
                field.name: summed.sentence
                for field in library.model.fields.values()
                if (claims := library.claims[id_].get(field.name))
                and (summed := answer_summary(field, claims, library.model))
            },
            "claims": [_claim(library, claim) for claim in library.all_claims(id_)],
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
    return entry if claim.strength is None else {**entry, "strength": claim.strength}


def _facet(library: Library, facet: Facet) -> dict[str, object]:
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
                "cases": list(distinct_cases(index.get(id_, ()))),
                "mentions": [{"case": m.case, "entry": m.entry} for m in index.get(id_, ())],
                "examples": list(distinct_cases(example_index.get(id_, ()))),
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
                "synonyms": list(term.synonyms),
                "broader": term.broader,
                "labels": dict(term.labels),
                "former_ids": list(term.former_ids),
            }
            for term in vocabulary.terms.values()
            if not vocabulary.open or library.is_in_glossary(vocabulary, term.id)
        ],
    }
