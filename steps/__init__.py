"""What each sentence of the scenarios means; one file for each concept."""
