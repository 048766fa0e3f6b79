"""Where tables live and queries run; the only place that knows a backend's name."""
