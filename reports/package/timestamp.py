"""Time stamps (RFC 3161): the word of an authority that some bytes were there at a time, asked for once.

Whoever verifies it asks nobody: see `apart`.
"""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urlsplit

from asn1crypto import core, tsp  # type: ignore[import-untyped]
from pyhanko.sign.timestamps import TimeStamper

from reports.package import apart
from reports.package.apart import StampError
from reports.package.awaited import awaited
from sekisho.machine import http
from sekisho.machine.explaining import without_password
from sekisho.verdict import ConfigurationProblemError, EnvironmentProblemError

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
SECONDS = 30
LARGEST = 1 << 20  # bytes; one with its authority's certificates has about 6 kB
DIGEST = "sha256"


class Authority(TimeStamper):
    """A time stamping authority at an address, as pyHanko asks one."""

    def __init__(self, url: str) -> None:
        """Raise ConfigurationProblemError unless this can be an authority's address."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.url, self.name = url, f"--tsa {without_password(url)}"
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            usable = False
        if not usable:
            raise ConfigurationProblemError(
                f"{self.name}: http:// か https:// で始まるタイムスタンプ局のアドレスを指定してください。"
            )

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask. Raises EnvironmentProblemError."""
        return self._granted(self._posted(req.dump()), req)

    def stamp(self, data: bytes) -> bytes:
        """The token about these bytes, checked. Raises EnvironmentProblemError."""
        token = awaited(self.async_timestamp(hashlib.sha256(data).digest(), DIGEST)).dump()
        try:
            apart.stamp(token, data, [])
        except StampError as error:
            raise self._unusable(str(error)) from error
        return bytes(token)

    def _granted(self, answer: bytes, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            # a refusal has no token, which the library takes for a broken answer
            status = tsp.PKIStatusInfo.load(core.Sequence.load(answer, strict=True)[0].dump())
            granted = status["status"].native in {"granted", "granted_with_mods"}
            said = "、".join([*(status["status_string"].native or []), *sorted(status["fail_info"].native or [])])
            response = tsp.TimeStampResp.load(answer)
            nonce = _nonce(response) if granted else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._unusable("返ってきた応答を読めません") from error
        if not granted:
            raise self._unusable(f"タイムスタンプ局が応じませんでした（{said or status['status'].native}）")
        if nonce != req["nonce"].native:
            raise self._unusable("返ってきたのは別の要求への応答です（nonce が違います）")
        return response

    def _posted(self, query: bytes) -> bytes:
        request = urllib.request.Request(self.url, query, {"Content-Type": QUERY, "Accept": REPLY})
        try:
            with http.ask(request, SECONDS) as answer:
                told, kind = answer.read(LARGEST + 1), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            raise self._unusable(f"HTTP {error.code} が返ってきました") from error
        except (OSError, HTTPException) as error:
            raise self._unusable(f"接続できません（{getattr(error, 'reason', error)}）") from error
        if kind != REPLY or len(told) > LARGEST:
            raise self._unusable(f"タイムスタンプの応答ではありません（{kind}、{len(told)} バイト）")
        return told

    def _unusable(self, why: str) -> EnvironmentProblemError:
        return EnvironmentProblemError(
            f"{self.name}: {why.removesuffix('。')}。アドレスとネットワークを確かめるか、--tsa なしで作ってください。"
        )


def _nonce(response: tsp.TimeStampResp) -> int | None:
    found: int | None = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed["nonce"].native
    return found
