"""Files as others publish them, read into tables of the record."""
