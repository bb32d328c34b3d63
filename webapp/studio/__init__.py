"""Processes and their versions."""
