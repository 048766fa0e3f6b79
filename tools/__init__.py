"""What makes the data that the package carries. Not part of the package."""
