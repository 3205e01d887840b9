"""The page objects and the eyes they see with."""
