"""Simulations asked for on the page: kept with their reports, played by a worker."""
