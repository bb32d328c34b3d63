"""Trying a process that is not in force: its scenarios, on scratch databases of their own."""
