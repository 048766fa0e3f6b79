"""What is hidden in raw records: detectors that read vessel positions and give findings."""
