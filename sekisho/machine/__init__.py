"""The computer that a run happens on: files, processes, variables, and what it refuses."""
