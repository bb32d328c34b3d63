"""A BPM engine over SpiffWorkflow; it knows nothing of the application that it serves."""
