"""What detectors find in raw records, as rows of the record and as files."""
