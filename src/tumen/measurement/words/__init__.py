"""What is measured on official words: positions, silences, delays, and words against deeds."""
