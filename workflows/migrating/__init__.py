"""Taking many running cases to a newer version: looked at and done by a worker, case by case."""
