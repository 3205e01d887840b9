"""What is found before a run."""
