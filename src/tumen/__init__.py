"""Keep a policy assessment live: measure its claims and say what would overturn them."""

__version__ = "0.1.0"
