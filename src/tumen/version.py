"""The version of Tumen."""

__version__ = "0.1.0"
