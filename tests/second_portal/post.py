"""The portal's mails, delivered to a Maildir: those to administrators all to one address."""

from __future__ import annotations

import base64
import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from tests.second_portal.books import TOKYO, Member, Paper
from tests.second_portal.forms import FORMS

NAME = base64.b64encode("団信ネットサポートセンター".encode("iso-2022-jp")).decode()
SENDER = "danshinnet-sc@nissay-it.co.jp"
GUIDE = "【団信ネット（3社共用）】クライアント証明書取得のご案内"
RENEWAL = "【団信ネット（3社共用）】クライアント証明書更新のご案内"
USER_ID = "【団信ネット】ユーザーIDのお知らせ"
PASSWORD = "【団信ネット】ログインパスワードのお知らせ"
FOOT = "\n====\n団信ネットサポートセンター\nメールアドレス：danshinnet-sc@nissay-it.co.jp\n"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


class Post:
    """Delivers mails, and can take back those that were sent while the clock was ahead."""

    def __init__(self, folder: Path, entry: str, renewal: str) -> None:
        """Make the Maildir; mails lead to the two addresses."""
        self._folder, self._entry, self._renewal = folder, entry, renewal
        self._numbers = itertools.count(1)
        self._forms = itertools.cycle(FORMS)
        self._ahead: list[Path] = []
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)

    def guide(self, member: Member, *, number: bool = True, password: bool = False) -> None:
        """取得のご案内: the link, the request ID and the user ID."""
        body = f"ご担当者様\n\n下記ページより取得をお願いいたします。\n\n＜{self._entry}＞\n\n【証明書情報】\n"
        if number:
            body += f"■リクエストＩＤ：\n　{member.invitation.translate(WIDE)}\n"
        body += f"■ユーザーＩＤ：{member.user_id}\n"
        text = body + (f"■パスワード：{member.password}\n" if password else "")
        ago = (datetime.now(TOKYO).date() - member.invited).days if member.invited else 0
        self._send(member.mail, GUIDE, text, days_ago=ago)

    def user_id(self, member: Member, recipient: str) -> None:
        """ユーザーIDのお知らせ."""
        self._send(recipient, USER_ID, f"ID管理者様\n\nユーザーＩＤ：{member.user_id}\n")

    def password(self, member: Member) -> None:
        """ログインパスワードのお知らせ."""
        self._send(member.mail, PASSWORD, f"ご担当者様\n\n取得用パスワード：{member.password}\n")

    def renewal(self, member: Member, paper: Paper, *, ahead: bool, term: bool = True, dead: bool = False) -> None:
        """更新のご案内; `ahead` where the clock is, `dead` with a link that leads nowhere."""
        link = self._renewal + ("koushin/" if dead else "")
        body = f"ご担当者様\n\n更新用リンク　{link}\n\n【現在ご使用の証明書情報】\n・ユーザーＩＤ：{member.user_id}\n"
        if term:
            body += f"・有効期限　：{paper.first_day:%Y/%m/%d}〜{paper.last_day:%Y/%m/%d}\n"
        path = self._send(member.mail, RENEWAL, body)
        if ahead:
            self._ahead.append(path)

    def take_back(self) -> None:
        """Undo what was sent while the clock was ahead."""
        for path in self._ahead:
            path.unlink(missing_ok=True)
        self._ahead.clear()

    def _send(self, recipient: str, subject: str, body: str, *, days_ago: int = 0) -> Path:
        sent = format_datetime(datetime.now(UTC) - timedelta(days=days_ago))
        head = f"From: =?ISO-2022-JP?B?{NAME}?= <{SENDER}>\nTo: list@portal.example\nCc: {recipient}\nDate: {sent}\n"
        mail = head.encode() + next(self._forms)(subject, body + FOOT)
        name = f"{datetime.now(UTC).timestamp():.6f}.{next(self._numbers):06d}.second"
        (self._folder / "tmp" / name).write_bytes(mail)
        return (self._folder / "tmp" / name).rename(self._folder / "new" / name)
