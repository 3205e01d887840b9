"""Portals that mean harm."""
