"""The drawing kit of every chart: widths, colours, a description in, SVG out."""
