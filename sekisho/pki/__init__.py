"""Certificates, the files in which they come, and whether their authorities still stand by them."""
