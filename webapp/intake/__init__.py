"""Registering a hazard, with its photos."""
