"""Owns the comparison of casebook with Hugo and plain MkDocs, `make bench`; no part of the site."""
