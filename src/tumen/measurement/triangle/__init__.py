"""What is measured on three states at once: how close, of what type, and whether that changes."""
