"""What is measured on sanctions: caps, deadlines, thefts and published evasion."""
