"""Ships that lie beside each other for hours."""
