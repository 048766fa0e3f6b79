"""What is measured on findings at sea: calls and encounters."""
