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
from sekisho.language import say
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
                say(
                    f"{self.name}: http:// か https:// で始まるタイムスタンプ局のアドレスを指定してください。",
                    f"{self.name}: must be the address of a time stamping authority, beginning with http:// or https://.",
                )
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
            said = say("、", ", ").join(
                [*(status["status_string"].native or []), *sorted(status["fail_info"].native or [])]
            )
            response = tsp.TimeStampResp.load(answer)
            nonce = _nonce(response) if granted else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._unusable(say("返ってきた応答を読めません", "the answer cannot be read")) from error
        if not granted:
            raise self._unusable(
                say(
                    f"タイムスタンプ局が応じませんでした（{said or status['status'].native}）",
                    f"the time stamping authority refused ({said or status['status'].native})",
                )
            )
        if nonce != req["nonce"].native:
            raise self._unusable(
                say(
                    "返ってきたのは別の要求への応答です（nonce が違います）",
                    "the answer is to another request (its nonce differs)",
                )
            )
        return response

    def _posted(self, query: bytes) -> bytes:
        request = urllib.request.Request(self.url, query, {"Content-Type": QUERY, "Accept": REPLY})
        try:
            with http.ask(request, SECONDS) as answer:
                told, kind = answer.read(LARGEST + 1), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            raise self._unusable(
                say(f"HTTP {error.code} が返ってきました", f"the answer was HTTP {error.code}")
            ) from error
        except (OSError, HTTPException) as error:
            raise self._unusable(
                say(
                    f"接続できません（{getattr(error, 'reason', error)}）",
                    f"cannot connect ({getattr(error, 'reason', error)})",
                )
            ) from error
        if kind != REPLY or len(told) > LARGEST:
            raise self._unusable(
                say(
                    f"タイムスタンプの応答ではありません（{kind}、{len(told)} バイト）",
                    f"the answer is no time stamp ({kind}, {len(told)} bytes)",
                )
            )
        return told

    def _unusable(self, why: str) -> EnvironmentProblemError:
        return EnvironmentProblemError(
            say(
                f"{self.name}: {why.removesuffix('。')}。アドレスとネットワークを確かめるか、--tsa "
                "なしで作ってください。",
                f"{self.name}: {why.removesuffix('.')}. Check the address and the network, or certify without --tsa.",
            )
        )


def _nonce(response: tsp.TimeStampResp) -> int | None:
    found: int | None = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed["nonce"].native
    return found
