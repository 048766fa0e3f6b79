"""Simulated seas with known truth."""
