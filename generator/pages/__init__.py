"""Page kinds: a `SiteContext` comes in, `Page`s go out, and `Renderer` makes documents of them.

A `Page` names its path and its template, and holds a deferred view: a function that runs when the
page is rendered, often in a worker process. The view returns a dataclass, whose fields become the
variables of the template. It reads the library and the settings alone, so that two builds give the
same bytes.

To add a page kind: write a view dataclass, a function that returns it, a function that yields the
page with `deferred_view`, an entry in `page_kinds.PAGE_KINDS`, and a template in
`templates/pages/`; and a row in `index_pages`, so that readers find it. Lists that
grow with the records use `pagination`. Entries of records come from `entries`, terms and facets
from `term_rows`, texts with links from `pieces`. A template receives finished values: a computed
number belongs in `analysis`.
"""
