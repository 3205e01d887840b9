"""A second portal for the danshin manual, built like an old in-house web application.

Written from the manual and its scenarios alone, with nothing of the first mock in it: another web framework, another
authority, other markup, other encodings. It is started as a process (`python -m tests.second_portal FOLDER`), makes its
own accounts, and writes the target file with which `sekisho run --target` finds everything.
"""
