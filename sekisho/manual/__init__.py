"""What the manual says: its rows, the scenarios that cite them, and which of these a run carries out."""
