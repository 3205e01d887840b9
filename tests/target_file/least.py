"""The least that a target file must say."""

from __future__ import annotations

LEAST = """
manual = "danshin"
name = "検証環境"
[sites]
enrol = "https://enrol.example.test/"
[mail]
maildir = "Maildir"
"""
