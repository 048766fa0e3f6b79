"""What people look at. Shows; computes nothing."""
