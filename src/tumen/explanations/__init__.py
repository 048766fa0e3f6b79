"""Rival explanations and the evidence on them, weighed."""
