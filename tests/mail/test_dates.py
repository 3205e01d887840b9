"""When a mail was sent is read as people's programs write it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_string

import pytest

from sekisho.mail.headers import date


@pytest.mark.parametrize(
    "written",
    [
        "Fri, 27 Nov 2026 22:00:00 +0900",
        "Fri, 27 Nov 2026 22:00:00 +0900 (JST)",
        "Fri, 27 Nov 2026 22:00:00 JST",
        "Fri, 27 Nov 2026 22:00:00 (JST)",
        "Fri, 27 Nov 2026 22:00:00 +09:00",
        "Fri, 27 Nov 2026 22:00:00 Asia/Tokyo",
        "2026-11-27 22:00:00 +0900",
        "2026/11/27 22:00:00 +09:00",
        "2026-11-27T13:00:00Z",
        "2026-11-27 22:00 +09:00",
        "2026年11月27日 22:00:00 +0900",
        "金, 27 11 2026 22:00:00 +0900",
        "金, 27 11月 2026 22:00:00 +0900",
        "(金) 27 Nov 2026 22:00:00 JST",
        "2026-11-27T13:00:00.123",
        "Fri, 27 Nov 2026 13:00:00 -0000",
        "Fri, 27 Nov 2026 08:00:00 -0500 (EST)",
    ],
)
def test_a_moment_is_the_same_in_whatever_way_it_is_written(written: str) -> None:
    """Zones by name and with a colon, and the order of ISO 8601; without a zone it is UTC."""
    assert date(message_from_string(f"Date: {written}\n\n")) == datetime(2026, 11, 27, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Fri, 27 Nov 2026 22:00:00", 13),
        ("2026/11/27 22:00:00", 13),
        ("27 13 2026 22:00:00 +0900", 13),
        ("soon", 13),
        ("Fri, 27 Nov 2026 21:00:00 +0900", 12),
        ("Fri, 27 Nov 2026 12:00:00 -0000", 12),
    ],
)
def test_a_server_knows_better_than_a_date_without_a_zone(written: str, hour: int) -> None:
    """The newest of those on the way is taken, and only where the sender's own clock does not tell."""
    on_the_way = [f"Received: by {name}; Fri, 27 Nov 2026 {at}:00:00 +0900" for name, at in (("b", 22), ("a", 20))]
    raw = "\n".join([*on_the_way, f"Date: {written}", "", ""])
    assert date(message_from_string(raw)) == datetime(2026, 11, 27, hour, tzinfo=UTC)
