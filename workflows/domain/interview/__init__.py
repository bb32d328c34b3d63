"""The interview after an expiry: who holds it, by when, with whom, and what it fixes."""
