"""MPKI クライアント: what its user does whom a renewal broke off."""

from __future__ import annotations

from pytest_bdd import when

from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.person.holdings import Holdings
from sekisho.portal import Account
from sekisho.program import Program

from .client import begin, respond

CONCEPT = "MPKI クライアントでのやり直し"


@when("新しい証明書がストアに無ければ、MPKIクライアントを起動し直して更新をやり直す")
def _(program: Program, evidence: Recorder, account: Account, store: CertStore, holdings: Holdings) -> None:
    if len(store.personal()) > holdings.count:
        return
    begin(program, evidence, account)
    respond(program, evidence, "1004", "OK")
