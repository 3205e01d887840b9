"""A certification authority for testing, with the portals of the manuals: loopback only, never for production use.

`python -m mock_ca --state DIR` starts it; `mock_ca.server.serve` starts it inside a running event loop. It imports
nothing of the harness, so an expectation can never be read from what it is meant to judge.
"""
