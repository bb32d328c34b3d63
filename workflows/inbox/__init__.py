"""What waits for a person: open tasks with the hazard that each belongs to."""
