"""Papers of a case, printable."""
