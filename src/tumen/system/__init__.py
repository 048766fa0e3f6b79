"""The system that a case describes, made to run: moves, aims, what follows, and what comes next."""
