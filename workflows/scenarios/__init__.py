"""Scenarios: stories beside a process that an analyst can read and the product can play."""
