"""Stand-ins for the manuals' Windows programs: each a process of its own, with windows, that really does the work.

`python -m mock_apps.NAME` starts one and reads its settings from standard input; `base` is what they share. They make
keys, speak to an authority's agent over TLS and write into the certificate store that the browser reads. They import
nothing of the harness and nothing of the mock authority: what they show is what they were given.
"""
