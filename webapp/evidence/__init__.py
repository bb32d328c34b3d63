"""Photos and papers of a case."""
