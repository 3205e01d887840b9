"""A run as a whole: from the way each scenario ended to verdicts, known gaps, and what earlier runs came to."""
