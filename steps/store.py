"""The certificate store of the user's account: importing, what goes where, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pytest_bdd import parsers, then, when

from pages.keys import Download
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.person.holdings import Holdings
from sekisho.pki.pkcs12 import ImportRefusedError, NotPkcs12Error, WrongPasswordError, facts
from sekisho.results import Certificate, Note
from sekisho.verdict import BlockedError, DeviationError, require
from steps.keys import identity_in, opened, take_in

CONCEPT = "証明書の取り込み"

ANSWERS = {"はい": True, "いいえ": False}


@when("ダウンロードしたファイルを任意のパスワードで現在のユーザーに取り込む")
def _(holdings: Holdings, download: Download, key_password: str) -> None:
    take_in(holdings, download, key_password)


@when(
    parsers.parse("ダウンロードしたファイルを取り込み、セキュリティ警告に「{answer}」と答える"), target_fixture="asked"
)
def _(
    store: CertStore, holdings: Holdings, download: Download, key_password: str, evidence: Recorder, answer: str
) -> Certificate | None:
    question = unknown_root(store, download, key_password)
    if question:
        evidence.add(
            question.model_copy(
                update={
                    "title": say(
                        f"セキュリティ警告の対象（答え:「{answer}」）",
                        f'What the security warning is about (answer: "{answer}")',
                    )
                }
            )
        )
    take_in(holdings, download, key_password, install_root=ANSWERS[answer])
    return question


@when("古い証明書をストアから削除する")
def _(store: CertStore, holdings: Holdings) -> None:
    store.delete(holdings.oldest.sha256)


@then("証明書は個人ストアに、発行者の証明書は認証局のストアに入る")
def _(store: CertStore, holdings: Holdings) -> None:
    new = holdings.newest
    personal = {one.sha256 for one in store.personal()}
    issuers = {one.subject_cn for one in store.authorities()}
    require(
        new.sha256 in personal,
        say("取り込んだ証明書が個人ストアに無い", "The imported certificate is not in the personal store"),
    )
    require(
        new.issuer_cn in issuers,
        say(
            f"発行者「{new.issuer_cn}」の証明書が認証局のストアに無い",
            f'The certificate of the issuer "{new.issuer_cn}" is not in the store of authorities',
        ),
    )


@then("ストアの個人の証明書は新しい1枚だけである")
def _(store: CertStore, holdings: Holdings) -> None:
    serials = [one.serial for one in store.personal()]
    require(
        serials == [holdings.newest.serial],
        say(
            f"個人ストアにある証明書のシリアル番号は {'、'.join(serials)} である",
            f"The certificates in the personal store have the serial numbers {', '.join(serials)}",
        ),
    )


@when("有効期限が切れた証明書をストアから削除する")
def _(store: CertStore) -> None:
    over = [one for one in store.personal() if one.not_after < datetime.now(UTC)]
    if len(over) != 1:
        raise BlockedError(
            say(
                f"ストアに有効期限が切れた証明書が {len(over)} 枚ある（1枚のはず）",
                f"The store has {len(over)} expired certificates (1 is due)",
            )
        )
    store.delete(over[0].sha256)


@then(parsers.parse("セキュリティ警告は「{root}」について尋ねた"))
def _(asked: Certificate | None, root: str) -> None:
    shown = asked.subject_cn if asked else say("（警告は出なかった）", "(there was no warning)")
    require(
        shown == root,
        say(f"セキュリティ警告が「{shown}」について尋ねた", f'The security warning asked about "{shown}"'),
    )


@then("セキュリティ警告は出なかった")
def _(asked: Certificate | None) -> None:
    require(
        asked is None,
        say(
            f"セキュリティ警告が「{asked.subject_cn if asked else ''}」について尋ねた",
            f'The security warning asked about "{asked.subject_cn if asked else ""}"',
        ),
    )


@then("発行者の証明書は認証局のストアに無い")
def _(store: CertStore, holdings: Holdings) -> None:
    issuers = {one.subject_cn for one in store.authorities()}
    require(
        holdings.newest.issuer_cn not in issuers,
        say(
            "「いいえ」と答えたのに発行者の証明書がストアにある",
            'The issuer\'s certificate is in the store, although "いいえ" was answered',
        ),
    )


@then("誤ったパスワードでは取り込めず、ストアは空のままである")
def _(store: CertStore, download: Download, key_password: str, evidence: Recorder) -> None:
    opened(download, key_password)  # a bad file is refused whatever is done to it
    refuses(store, download.path, f"{key_password}x", WrongPasswordError, evidence)


@then("途中で切れたファイルは取り込めず、ストアは空のままである")
def _(store: CertStore, download: Download, key_password: str, evidence: Recorder) -> None:
    opened(download, key_password)
    cut = download.path.with_name("cut.p12")
    cut.write_bytes(download.data[: len(download.data) // 2])
    refuses(store, cut, key_password, NotPkcs12Error, evidence)


def unknown_root(store: CertStore, download: Download, password: str) -> Certificate | None:
    """The root in a file about which the import wizard would ask; None when the store has it already."""
    identity = identity_in(download, password)
    return None if identity.root is None or store.knows_root(identity) else facts(identity.root)


def refuses(store: CertStore, path: Path, password: str, why: type[ImportRefusedError], evidence: Recorder) -> None:
    """Raise DeviationError unless an import is refused for the right reason and leaves nothing behind."""
    try:
        store.import_pkcs12(path, password)
    except why as refusal:
        evidence.add(Note(title=say("取り込みが拒まれた", "Import refused"), lines=[str(refusal)]))
        require(
            not store.personal(),
            say("拒まれたのに証明書がストアに入った", "The certificate got into the store, although it was refused"),
        )
        return
    except ImportRefusedError as other:
        raise DeviationError(
            say(
                f"ファイル {path.name} は別の理由で拒まれた: {other}",
                f"The file {path.name} was refused for another reason: {other}",
            )
        ) from other
    raise DeviationError(say(f"ファイル {path.name} が取り込めてしまった", f"The file {path.name} could be imported"))
