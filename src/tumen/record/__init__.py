"""What was observed: the tables of a record, their sources and grades."""
