"""Goods that territories trade, as publishers print them."""
