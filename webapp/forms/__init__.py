"""Forms of designers, between page and engine."""
