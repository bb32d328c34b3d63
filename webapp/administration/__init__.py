"""Pages of the administration: only for administrators, who see no case."""
