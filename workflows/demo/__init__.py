"""The demonstration zone: bodies, persons and enterprises that are invented."""
