"""Ships that lie or drift for hours, far from shore."""
