"""Every table that a record can have, of all kinds of evidence."""

from tumen.kinds import kinds

TABLES = kinds(others=False).tables
