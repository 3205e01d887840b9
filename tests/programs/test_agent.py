"""What an agent answered, as a program takes it: a sentence where it cannot be understood."""

from __future__ import annotations

import pytest

from mock_apps.base import AgentError, RefusedError, Told


def test_what_an_answer_lacks_is_named() -> None:
    """In a window, as any refusal."""
    with pytest.raises(RefusedError, match="サーバーの応答に stay がありません"):
        Told({})["stay"]


@pytest.mark.parametrize("pem", ["", "<html>", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", None])
def test_certificates_that_cannot_be_read_are_a_refusal(pem: str | None) -> None:
    """Whatever stands there in their place."""
    with pytest.raises(AgentError, match="読み取れる証明書がありません"):
        Told({"certificates": pem}).certificates()
