"""`python -m tumen`. The folder that we are in may be a stranger's, so no module is taken from there."""

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # where `python -m` looks first: the folder that we are in

from tumen.cli import main

main()
