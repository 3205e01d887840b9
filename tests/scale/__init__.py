"""Tests of what makes runs larger: parts and their joining, repetition, history, browsers elsewhere."""
