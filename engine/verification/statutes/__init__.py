"""Properties that a law or a rule asks of a diagram: declared as data, decided on its states."""
