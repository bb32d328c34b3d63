"""The start page, health and what stands in the frame of every page."""
