"""The signed envelope (DSSE v1, https://github.com/secure-systems-lab/dsse), written in one way only."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from reports.package import keys
from sekisho.language import say

PAYLOAD_TYPE = "application/vnd.in-toto+json"
LARGEST = 64 << 20  # bytes of an envelope; one of a run of 400 scenarios has about 300 kB


class EnvelopeError(Exception):
    """An envelope is not as it is written here; the text says what."""


@dataclass(frozen=True)
class Envelope:
    """A payload with its one signature; nothing of it is verified yet."""

    payload: bytes
    keyid: str
    signature: bytes

    def signed_by(self, key: keys.PublicKey) -> bool:
        """Whether the signature is this key's, over exactly this payload, under exactly its name."""
        return self.keyid == keys.fingerprint(key) and keys.verifies(key, self.signature, pae(self.payload))


def pae(payload: bytes) -> bytes:
    """The bytes that are really signed: the type and the payload with their lengths (pre-authentication encoding)."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def seal(payload: bytes, key: keys.PrivateKey) -> bytes:
    """The envelope's file for a payload, signed with a key."""
    return _written(Envelope(payload, keys.fingerprint(key.public_key()), keys.sign(key, pae(payload))))


def _written(envelope: Envelope) -> bytes:
    content = {
        "payload": base64.b64encode(envelope.payload).decode("ascii"),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": envelope.keyid, "sig": base64.b64encode(envelope.signature).decode("ascii")}],
    }
    return (json.dumps(content, separators=(",", ":")) + "\n").encode("ascii")


def read(data: bytes) -> Envelope:
    """The envelope in a file. Raises EnvelopeError, also where another writing would mean the same."""
    if len(data) > LARGEST:
        raise EnvelopeError(
            say(
                f"署名の封筒が大きすぎます（{len(data)} バイト）。",
                f"The envelope of the signature is too large ({len(data)} bytes).",
            )
        )
    try:
        envelope = _parsed(json.loads(data))
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise EnvelopeError(
            say("署名の封筒（DSSE）の形になっていません。", "The envelope of the signature is not of the form of DSSE.")
        ) from error
    if _written(envelope) != data:
        raise EnvelopeError(
            say(
                "署名の封筒が、certify の書く形と違います。",
                "The envelope of the signature is not as certify writes it.",
            )
        )
    return envelope


def _parsed(content: Any) -> Envelope:  # noqa: ANN401 - JSON from outside, of any shape
    (signature,) = content["signatures"]
    return Envelope(
        payload=base64.b64decode(content["payload"], validate=True),
        keyid=str(signature["keyid"]),
        signature=base64.b64decode(signature["sig"], validate=True),
    )
