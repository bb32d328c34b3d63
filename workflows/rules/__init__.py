"""Rule sets and the calendar seed: numbers with their articles, as data."""
