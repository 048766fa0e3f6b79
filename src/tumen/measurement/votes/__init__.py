"""What is measured on votes: agreement of two, and of three."""
