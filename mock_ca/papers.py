"""Printed documents that are sent by post: one self-contained HTML file each, in the state directory."""

from __future__ import annotations

import glob
from pathlib import Path


class Papers:
    """The documents. They are written with the event they tell of; a rolled back one leaves only waste paper."""

    def __init__(self, folder: Path) -> None:
        """Make the folder where there is none."""
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def put(self, user_id: str, request_id: str, html: str) -> None:
        """Print a subscriber's document about a request."""
        draft = self._folder / f".{user_id}-{request_id}"
        draft.write_text(html, encoding="utf-8")
        draft.replace(self._folder / f"{user_id}-{request_id}.html")

    def of(self, user_id: str) -> list[Path]:
        """What a subscriber has received, the newest first; the request ids begin with the day."""
        return sorted(self._folder.glob(f"{glob.escape(user_id)}-*.html"), reverse=True)

    def newest(self, user_id: str) -> Path | None:
        """What a subscriber has received last."""
        return next(iter(self.of(user_id)), None)
