"""Notifications of a person."""
