"""Which ship it is: numbers, names, lists, ports."""
