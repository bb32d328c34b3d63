"""What a process does to people and dates: many cases played on a virtual clock."""
