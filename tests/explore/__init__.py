"""Tests of what is explored, in which order, and how it is judged."""
