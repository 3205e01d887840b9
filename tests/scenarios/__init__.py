"""The scenarios themselves: sentences, citations, and that each can fail."""
