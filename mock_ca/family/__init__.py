"""Portals of the Managed PKI family that need no code: each is played from the tables of a manual's own folder.

`table` reads `[family]` of the manual's `manual.toml`, `words` the first spelling of each word of its dialect; `system`
makes a system of `mock_ca.managed_pki` of them, with the mails and the letter of `letters` and the services of
`service`. `defects` are the ways in which that portal can be made wrong, with the rows that they break.
"""
