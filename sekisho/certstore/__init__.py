"""The certificate stores of one user's account: what `pc.store` is."""

from __future__ import annotations

from sekisho.certstore.base import CertStore, NotExportableError, UnknownCertificateError
from sekisho.certstore.context import ContextStore
from sekisho.certstore.native import NativeStore
from sekisho.certstore.nss import StoreToolError
from sekisho.certstore.roots import NotRootError, read_root
from sekisho.certstore.token import Token

__all__ = [
    "CertStore",
    "ContextStore",
    "NativeStore",
    "NotExportableError",
    "NotRootError",
    "StoreToolError",
    "Token",
    "UnknownCertificateError",
    "read_root",
]
