"""Mutants of the mock's rules: small changes that a library makes, each of which some scenario must notice."""
