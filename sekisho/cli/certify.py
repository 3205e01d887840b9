"""`sekisho certify`: a signed package of a run's evidence, for whoever has to believe it."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from pathlib import Path

from reports.package import certify, keys, pdf_signature, timestamp
from sekisho.browser.channels import BrowserChoice
from sekisho.cli import folders
from sekisho.language import say
from sekisho.machine import variables
from sekisho.verdict import ConfigurationProblemError

PASSWORD = "SEKISHO_KEY_PASSWORD"  # noqa: S105 - the name of the variable, not a password


@dataclass(frozen=True)
class Options:
    """What the person asked for."""

    key: Path
    cert: Path | None = None
    tester: str = ""
    out: Path | None = None
    tsa: str = ""
    sign_pdf: bool = False


def package(run: Path, options: Options) -> None:
    """Write the package of a run. Raises ConfigurationProblemError, also when the run cannot be certified.

    Raises EnvironmentProblemError where the time stamping authority does not answer.
    """
    folder = folders.existing(run)
    file = _place(folder, options.out)
    signing = _signing(options)
    data = certify.certify(folder, signing, BrowserChoice.resolve(None).path)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise ConfigurationProblemError(
            say(f"{file}: 書き込めません（{error.strerror}）。", f"{file}: cannot be written ({error.strerror}).")
        ) from error
    print(file)  # noqa: T201 - the command's output
    fingerprint = keys.fingerprint(signing.key.public_key())
    sys.stderr.write(
        say(
            f"公開鍵の SHA-256: {fingerprint}\n"
            "受け取る人には、公開鍵（またはこの値）をパッケージとは別の道で渡してください。\n",
            f"SHA-256 of the public key: {fingerprint}\n"
            "Give the receiver the public key (or this value) by another way than the package.\n",
        )
    )


def _place(folder: Path, out: Path | None) -> Path:
    """Where the package goes; an existing file is never overwritten: somebody may have sent it already."""
    file = out or Path(f"sekisho-evidence-{folder.resolve().name}.zip")
    if file.is_dir():
        file /= f"sekisho-evidence-{folder.resolve().name}.zip"
    if file.exists():
        raise ConfigurationProblemError(
            say(
                f"--out {file}: すでにあります。別の名前を指定してください。",
                f"--out {file}: already exists. Give another name.",
            )
        )
    if not file.parent.is_dir():
        raise ConfigurationProblemError(
            say(
                f"--out {file}: フォルダー {file.parent} がありません。",
                f"--out {file}: there is no folder {file.parent}.",
            )
        )
    return file


def _signing(options: Options) -> certify.Signing:
    key = keys.private_key(options.key, lambda: _password(options.key))
    held = keys.certificates(options.cert) if options.cert else []
    if options.sign_pdf:
        pdf_signature.check_key(key, held)
    tsa = timestamp.Authority(options.tsa) if options.tsa else None
    signing = certify.Signing(key, held, options.tester, certify.now(), tsa, options.sign_pdf)
    if options.cert:
        certify.check_certificate(signing, options.cert)
    return signing


def _password(key: Path) -> bytes:
    """From the environment, or asked on the terminal where there is one."""
    if (given := variables.value(PASSWORD)) is not None:
        return given.encode()
    if not sys.stdin.isatty():
        raise ConfigurationProblemError(
            say(
                f"--key {key}: 暗号化された鍵です。パスワードを環境変数 {PASSWORD} に入れてください。",
                f"--key {key}: the key is encrypted. Put its password into the environment variable {PASSWORD}.",
            )
        )
    return getpass.getpass(say(f"{key} のパスワード: ", f"Password of {key}: ")).encode()
