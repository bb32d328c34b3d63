"""Official papers: numbered, kept as they were issued, printed on a page of A4."""
