"""What ships would rather hide: meetings, silences, calls."""
