"""Time and memory of what users wait for, as ratios: `make bench`. Never part of the tests."""
