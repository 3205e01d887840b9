"""RSA keys, generated in threads: the authority makes its subscribers' keys, as the manuals imply."""

from __future__ import annotations

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
STOCK = 2
# Tests start mocks by the hundred, which spent more than half of their time on keys. Those of one session share a
# folder: the first key of one mock is the first of all others, too, and within a mock no two are the same.
SHARED = "SEKISHO_TEST_KEYS"


def generate(bits: int = BITS) -> rsa.RSAPrivateKey:
    """A new RSA key; takes some tens of milliseconds."""
    return rsa.generate_private_key(65537, bits)


def source(*, fresh: bool) -> Callable[[int], rsa.RSAPrivateKey]:
    """What gives a mock its keys: new ones, or those that tests share where it is a fresh mock that has none yet."""
    folder = os.environ.get(SHARED)
    return _Shared(Path(folder)) if fresh and folder and _is_private(Path(folder)) else generate


def _is_private(folder: Path) -> bool:
    """Whether nobody else can look into a folder, as into those that pytest makes."""
    return folder.is_dir() and folder.stat().st_mode & 0o077 == 0


class _Shared:
    """Keys as earlier mocks had them, in the same order; what is not there yet is made, and kept for the next mock."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._next = folder, count(1)

    def __call__(self, bits: int) -> rsa.RSAPrivateKey:
        kept = self._folder / f"{bits}-{next(self._next)}.der"
        if kept.exists():
            return key_from_der(kept.read_bytes())
        key = generate(bits)
        new = kept.with_name(f"{kept.name}.{os.getpid()}.{threading.get_ident()}")
        new.touch(0o600)
        new.write_bytes(key_to_der(key))
        new.replace(kept)
        return key


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

    def __init__(self, make: Callable[[int], rsa.RSAPrivateKey] = generate) -> None:
        """Begin with an empty stock. `make` makes a key of so many bits."""
        self._make = make
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="keys")
        self._stock: deque[Future[rsa.RSAPrivateKey]] = deque()

    def fill(self) -> None:
        """Make what the stock lacks."""
        while len(self._stock) < STOCK:
            self._stock.append(self._threads.submit(self._make, BITS))

    async def take(self) -> rsa.RSAPrivateKey:
        """A key from the stock, at once where one is ready."""
        wanted = self._stock.popleft() if self._stock else self._threads.submit(self._make, BITS)
        self.fill()
        return await asyncio.wrap_future(wanted)

    async def make(self, bits: int = BITS) -> rsa.RSAPrivateKey:
        """A key generated now."""
        return await asyncio.wrap_future(self._threads.submit(self._make, bits))

    def at_once(self, many: int) -> list[rsa.RSAPrivateKey]:
        """So many keys, while nothing else can go on yet."""
        return list(self._threads.map(self._make, [BITS] * many))

    def close(self) -> None:
        """Make no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
