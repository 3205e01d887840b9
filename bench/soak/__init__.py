"""Whether a busy machine ever gets a wrong verdict, and whether kill -9 at any moment loses or leaves anything."""
