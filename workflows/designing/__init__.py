"""Drafts of processes: changed in the browser, approved by a second person, put into force."""
