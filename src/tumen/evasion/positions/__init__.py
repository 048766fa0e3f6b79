"""Vessel positions as they are published, read to one tidy table."""
