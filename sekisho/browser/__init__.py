"""The browser of a run and the PC that it runs on: found, started, bounded, waited for."""
