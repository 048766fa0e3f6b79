"""What a quantity is, with its uncertainty; runs whatever measures there are. Knows no claim."""
