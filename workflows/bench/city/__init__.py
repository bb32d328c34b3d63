"""A city's year of hazards, through the real commands and the real store, on a virtual clock."""
