"""The parts of the harness that need no browser."""
