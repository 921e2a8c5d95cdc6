"""Numbers and judgements about a library: pure functions of a `Library`, one module a subject.

What comes in is a `Library`, sometimes with a `Facet`, a `Field` or a rule of the model's `across`
section. What goes out are frozen dataclasses, tuples and counts that pages and exports print; no
words of a page and no HTML. Every number is one of distinct counted cases, unless its docstring
says otherwise: examples and translations do not count. Orders are fixed (titles, vocabularies), so
the same library gives the same result.

To add a number: a function here with a docstring that gives its unit and its edge cases, a test by
the public function, and its use in a view of `pages` or an entry of `exports`.
"""
