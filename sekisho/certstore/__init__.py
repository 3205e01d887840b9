"""The certificate stores of one user's account: what `pc.store` is."""

from __future__ import annotations

from sekisho.certstore.base import CertStore, UnknownCertificateError
from sekisho.certstore.context import ContextStore
from sekisho.certstore.native import NativeStore, StoreToolError

__all__ = ["CertStore", "ContextStore", "NativeStore", "StoreToolError", "UnknownCertificateError"]
