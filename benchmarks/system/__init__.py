"""Whether the system's fit is right: simulated histories, whose parameters are known, fitted as a record is."""
