"""Runs: what was said, kept whole, by case."""
