"""Ledgers of other systems come in: official columns to cases, every bad cell named."""
