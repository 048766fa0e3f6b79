"""Commands of the command line that are too long for one module; `tumen.cli` attaches them."""
