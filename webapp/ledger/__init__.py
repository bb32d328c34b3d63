"""Every case one may see, as a table."""
