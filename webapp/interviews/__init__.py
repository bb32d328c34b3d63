"""The calendar of interviews."""
