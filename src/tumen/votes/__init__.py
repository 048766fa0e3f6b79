"""How members vote in an assembly, and how close that puts them."""
