"""What a scenario leaves behind: its record, its pictures without secrets, the words on its screens."""
