"""What is known beside positions: ports, listed vessels, and how such files are read."""
