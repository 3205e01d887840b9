"""On which line of a target file a key stands."""

from __future__ import annotations

import tomllib

import pytest

from sekisho.machine.toml_lines import Lines
from sekisho.target_file.template import template

FILE = """\
manual = "danshin"  # [sites]
name = '''
[sites]
enrol = 1
'''
[sites]
enrol = "https://a/"
"renew" = "https://b/"
[dialect.menu]
key = [
  "鍵取得",  # ]
  "取得",
]
[mail]
imap.host = "x"
[[accounts]]
state = "active"
identities = [
  { pkcs12 = "a.p12" },
]
[[accounts]]
state = "invited"
[[accounts.identities]]
pkcs12 = "b.p12"
[[accounts.identities]]
pkcs12 = "c.p12"
[[accounts]]
user_id = "emp3"
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("manual", 1),
        ("sites", 6),
        ("sites.enrol", 7),
        ("sites.renew", 8),
        ("dialect.menu", 9),
        ("dialect.menu.key", 10),
        ("mail.imap.host", 15),
        ("accounts[0]", 16),
        ("accounts[0].identities[0].pkcs12", 18),
        ("accounts[1].state", 22),
        ("accounts[1].identities[0].pkcs12", 24),
        ("accounts[1].identities[1].pkcs12", 26),
        ("accounts[2].user_id", 28),
        ("accounts[2].login_password_env", 27),
        ("sites.web", 6),
        ("limits", 0),
        ("", 0),
    ],
)
def test_a_key_has_the_line_on_which_it_stands_or_that_of_what_it_is_in(key: str, line: int) -> None:
    """Also quoted and dotted keys, lists of tables, and values of several lines that look like tables."""
    tomllib.loads(FILE)
    assert Lines(FILE).of(key) == line


def test_every_key_of_a_full_file_is_found_on_a_line_that_names_it() -> None:
    """As Python's own reader sees the file."""
    text = template("danshin", full=True)
    lines, found = text.splitlines(), Lines(text)
    for number, account in enumerate(tomllib.loads(text)["accounts"]):
        for key, value in account.items():
            assert lines[found.of(f"accounts[{number}].{key}") - 1].startswith(f"{key} = "), (number, key, value)


@pytest.mark.parametrize("text", ["", "[[[", "= = =", '"""', "a = [[[[", "\x00\x1b[31m = 1", "[a" * 20_000])
def test_what_is_no_toml_does_no_harm(text: str) -> None:
    """The reader refuses it in words of its own."""
    assert Lines(text).of("accounts[0].state") == 0
