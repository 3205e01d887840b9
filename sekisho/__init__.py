"""Conformance test harness for client-certificate portals: what a person does, and what is seen."""

__version__ = "0.1.0"
