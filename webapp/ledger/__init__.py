"""The ledger: hazards as a table, in columns of one's own, out of it as files and into it."""
