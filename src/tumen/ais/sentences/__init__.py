"""Sentences of receivers, read in bulk: many lines at once, as arrays of bytes."""
