"""Signing in and out, and the language of an account."""
