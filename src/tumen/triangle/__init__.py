"""Three actors at a time: who stands with whom, and since when."""
