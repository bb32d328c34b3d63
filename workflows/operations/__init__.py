"""What service tasks may do, registered by hand."""
