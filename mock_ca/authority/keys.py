"""RSA keys, generated in threads: the authority makes its subscribers' keys, as the manuals imply."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
STOCK = 2


def generate(bits: int = BITS) -> rsa.RSAPrivateKey:
    """A new RSA key; takes some tens of milliseconds."""
    return rsa.generate_private_key(65537, bits)


def key_to_der(key: rsa.RSAPrivateKey) -> bytes:
    """A key as unencrypted PKCS#8."""
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def key_from_der(der: bytes) -> rsa.RSAPrivateKey:
    """The key in a PKCS#8 structure of our own making; checking its primes again would take longer than all else."""
    key = serialization.load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


class KeyMaker:
    """Makes keys beside the event loop, and keeps a few in stock as an authority's key server does."""

    def __init__(self) -> None:
        """Begin with an empty stock."""
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="keys")
        self._stock: deque[Future[rsa.RSAPrivateKey]] = deque()

    def fill(self) -> None:
        """Make what the stock lacks."""
        while len(self._stock) < STOCK:
            self._stock.append(self._threads.submit(generate))

    async def take(self) -> rsa.RSAPrivateKey:
        """A key from the stock, at once where one is ready."""
        wanted = self._stock.popleft() if self._stock else self._threads.submit(generate)
        self.fill()
        return await asyncio.wrap_future(wanted)

    async def make(self, bits: int = BITS) -> rsa.RSAPrivateKey:
        """A key generated now."""
        return await asyncio.wrap_future(self._threads.submit(generate, bits))

    def close(self) -> None:
        """Make no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
