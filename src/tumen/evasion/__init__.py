"""What is hidden in raw records: detectors from vessel positions to findings, and a simulated sea to try them on."""
