"""Harvests of fields as a kind of evidence for Tumen; an example of a package that brings one."""
