"""One task: read, claim, fill in, submit."""
