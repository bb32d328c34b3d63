"""The append-only record: hash chain, anchors, and a case as it was known at an instant."""
