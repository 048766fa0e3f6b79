"""How likely each claim is and what would overturn it. Knows no table."""
