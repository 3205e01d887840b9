"""Secrets that a target file names: in the environment, or in a file `.env` beside it; never in the file itself."""

from __future__ import annotations

from pathlib import Path

from dotenv import dotenv_values

from sekisho.evidence.masking import SHORTEST
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
            f"環境変数 {variable} の値が短すぎます。{SHORTEST} 文字に満たない秘密は、報告書から確実には消せません。"
            "試験用のアカウントには、もっと長いものを決めてください"
        )
    return found


def value(variable: str, folder: Path | None = None) -> str:
    """What the environment or, where that says nothing, the `.env` in the target file's folder has under a name.

    Raises ConfigurationProblemError naming the variable that is not set.
    """
    found = variables.value(variable) or (_beside(folder).get(variable) if folder else None)
    if not found:
        where = f"（{folder / BESIDE} に {variable}=… と書くこともできます）" if folder else ""
        raise ConfigurationProblemError(
            f"環境変数 {variable} が設定されていません（ターゲットファイルが参照しています）{where}"
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
            f"{path}: 読めません。UTF-8 の 名前=値 の行にしてください（{error}）"
        ) from error
