"""Vessel positions: read, checked, made into tracks; and a simulated sea to try detectors on."""
