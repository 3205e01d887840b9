"""Tests of the stand-in programs, each driven as a person would."""
