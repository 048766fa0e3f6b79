"""Dated interactions between actors, and who answers whom."""
