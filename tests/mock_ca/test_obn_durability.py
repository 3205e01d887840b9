"""kill -9 loses no notice and no application of an institution."""

from __future__ import annotations

from pathlib import Path

from .obn_walks import Obn, apply, downloaded, named, printed, resumed, revoked
from .running import Running
from .visitor import identity


def test_applications_and_notices_survive_a_kill(tmp_path: Path) -> None:
    """A revocation is carried out on its day, a renewal is finished, a notice still leads to its certificate."""
    first = Obn(Running(tmp_path))
    leaving, renewing, new = first.account("active"), first.account("renewable"), first.account("invited")
    revoked(first, leaving, "after.all@clinic.example")
    apply(first.at("renew", renewing)[0])
    first.mock.kill()
    second = Obn(Running(tmp_path))
    try:
        assert second.sites == first.sites
        assert "すでに受け付けています" in named(second.holder(leaving), second, leaving).error
        assert second.opens(resumed(second, renewing))
        assert printed(new)["電子証明書ダウンロードサイトリクエストID"] == new["request_id"]
        assert second.opens(downloaded(second, new))
        second.mock.pass_time(days=3)
        assert len(second.mock.mails("after.all@clinic.example")) == 1
        assert not second.opens(identity(leaving))
    finally:
        second.mock.close()
