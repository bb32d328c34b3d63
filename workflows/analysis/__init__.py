"""What history says of a process: where cases wait and go round, and what would not fit now."""
