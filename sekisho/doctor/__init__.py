"""What this machine has for a run, what it lacks, and the command that would get it."""
