"""Which requests give a secret away: those that tell it, and none that only has a word in common with it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from sekisho.evidence.masking import Masking
from sekisho.network.sent import sent

ADDRESS = "https://cdn.example/x"
SECRETS = ("kaisha", "password", "0042", "Himitsu-8842", "合言葉です")


def gives_away(secret: str, url: str, body: bytes | None = None) -> bool:
    """Whether a request tells this secret."""
    masking = Masking()
    masking.add(secret)
    carried = sent(url, body)
    return masking.given_away(carried.text, carried.values)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("?pw={}", ""),
        ("?{}", ""),
        ("?a=1&pw={}&b=2", ""),
        ("", "user=1&pw={}"),
        ("", "{}"),
        ("", '--x\r\nContent-Disposition: form-data; name="pw"\r\n\r\n{}\r\n--x--'),
    ],
)
def test_a_secret_that_is_a_value_is_given_away(secret: str, query: str, body: str) -> None:
    """In an address, a form, a body of its own and a form of several parts."""
    told = quote(secret) if body.startswith("user") else secret
    assert gives_away(secret, ADDRESS + query.replace("{}", quote(secret)), body.replace("{}", told).encode())


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_within_json_is_given_away(secret: str) -> None:
    """However deep, and however it is escaped."""
    assert gives_away(secret, ADDRESS, json.dumps({"a": [{"pw": secret}]}).encode())


@pytest.mark.parametrize(
    ("secret", "url"),
    [
        ("kaisha", "https://cdn.example/kaisha.js"),
        ("password", "https://cdn.example/fonts?family=password-strength"),
        ("kaisha", "https://kaisha.example/?q=1"),
        ("password", "https://cdn.example/?password=1"),
        ("2024", "https://cdn.example/2024/11/logo.png"),
    ],
)
def test_a_secret_that_is_a_word_like_any_other_is_none_where_it_stands_by_chance(secret: str, url: str) -> None:
    """A file, a part of a word, a host, a name of a field, a year."""
    assert not gives_away(secret, url)


def test_a_secret_that_stands_nowhere_by_chance_is_given_away_anywhere() -> None:
    """Also within something longer."""
    assert gives_away("Himitsu-8842", "https://cdn.example/log/x-Himitsu-8842-y.gif")


@pytest.mark.parametrize("body", [b"[" * 100_000, b"&".join([b"a=1"] * 2000), b"\xff\xfe\x00", b'{"a":'], ids=range(4))
def test_a_body_that_cannot_be_read_is_looked_at_as_text(body: bytes) -> None:
    """Without an exception."""
    assert gives_away("Himitsu-8842", ADDRESS, body + b"Himitsu-8842")
    assert not gives_away("Himitsu-8842", ADDRESS, body)
