"""Manuals that lie elsewhere: a sixth one that exists nowhere else, one of ours carried away, and broken ones."""
