"""The theme that a configuration asks for by `theme: casebook`: the packaged templates."""
