"""One case and the acts on it."""
