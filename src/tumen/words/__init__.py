"""What officials say, beside what is done."""
