"""Every word of the pages, Chinese first, English beside it."""
