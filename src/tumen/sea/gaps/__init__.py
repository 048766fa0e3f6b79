"""Silences of ships, and how well they were heard."""
