"""Mails as they are in the world."""
