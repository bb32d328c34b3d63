"""Form definitions: what a person is asked, and what of the answer is let in."""
