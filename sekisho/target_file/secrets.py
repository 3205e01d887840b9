"""Secrets that a target file names: in the environment, or in a file `.env` beside it; never in the file itself."""

from __future__ import annotations

from pathlib import Path

from dotenv import dotenv_values

from sekisho.evidence.masking import SHORTEST
from sekisho.language import say
from sekisho.machine import variables
from sekisho.verdict import ConfigurationProblemError

BESIDE = ".env"


def secret(variable: str, folder: Path | None = None) -> str:
    """A secret of the portal's, as `value` finds it.

    Raises ConfigurationProblemError naming the variable, also where the secret is too short to be kept out of reports.
    """
    found = value(variable, folder)
    if len(found) < SHORTEST:
        raise ConfigurationProblemError(
            say(
                f"環境変数 {variable} の値が短すぎます。{SHORTEST} 文字に満たない秘密は、報告書から確実には消せません。"
                "試験用のアカウントには、もっと長いものを決めてください",
                f"the value of environment variable {variable} is too short: secrets of fewer than {SHORTEST} "
                "characters cannot be kept out of reports for certain. Choose longer ones for the accounts of the "
                "test",
            )
        )
    return found


def value(variable: str, folder: Path | None = None) -> str:
    """What the environment or, where that says nothing, the `.env` in the target file's folder has under a name.

    Raises ConfigurationProblemError naming the variable that is not set.
    """
    found = variables.value(variable) or (_beside(folder).get(variable) if folder else None)
    if not found:
        where = (
            say(
                f"（{folder / BESIDE} に {variable}=… と書くこともできます）",
                f" ({variable}=... may stand in {folder / BESIDE} too)",
            )
            if folder
            else ""
        )
        raise ConfigurationProblemError(
            say(
                f"環境変数 {variable} が設定されていません（ターゲットファイルが参照しています）{where}",
                f"environment variable {variable}, named in the target file, is not set{where}",
            )
        )
    return found


def _beside(folder: Path) -> dict[str, str | None]:
    path = folder / BESIDE
    if not path.is_file():
        return {}
    try:
        return dotenv_values(path, interpolate=False, encoding="utf-8-sig")  # a password may hold a dollar sign
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationProblemError(
            say(
                f"{path}: 読めません。UTF-8 の 名前=値 の行にしてください（{error}）",
                f"{path}: cannot be read; it must have lines NAME=VALUE in UTF-8 ({error})",
            )
        ) from error
