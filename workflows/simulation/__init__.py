"""The world of a simulation: the load of a zone, its people and how they behave, its dates."""
