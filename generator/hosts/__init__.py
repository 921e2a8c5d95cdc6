"""The only package that knows MkDocs: its settings, its plugin, its preview server.

What comes in: `site_config.yml`, which is a MkDocs configuration. `config.load_site` reads it for
our own commands; under MkDocs the `plugin` is given it read. What goes out: a `Site`, the settings
as the core wants them, or all problems of the file at once, each at its line.

`plugin` hands the documents of `build` to MkDocs as generated files; under a foreign theme it
hands over the bodies of pages. `serve` and `preview` are `casebook serve`. Nothing that a
configuration names (hooks, other plugins) is run by our own commands.

To add an option: an entry of `options.Options` and a field of `base.site.Site`, set in
`config.from_mkdocs`. To add a check between settings: a branch of `config.setting_conflicts`.
"""
