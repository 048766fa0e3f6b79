"""Where land is, and how far it is by sea."""
