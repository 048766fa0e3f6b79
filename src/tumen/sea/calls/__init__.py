"""Calls at ports: those seen, and those that could have been made in silence."""
