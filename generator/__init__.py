"""casebook: checked case studies in, a cross-indexed learning site out."""

__version__ = "0.1.0"
