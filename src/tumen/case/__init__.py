"""What the analyst asserts: a folder of TOML and tables, loaded and checked. Knows no statistics."""
