"""Tables go out as files: what is seen, and nothing that a spreadsheet would run."""
