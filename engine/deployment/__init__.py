"""Deployment: diagram, tables and forms become one checked, numbered, immutable version."""
