"""A room where one applies on a form, as in old offices: tables, pictures as buttons, a key that has three tries."""

from __future__ import annotations

import html
from collections.abc import Callable

from tests.manuals.portal.post import mail
from tests.manuals.portal.premises import Answer, Asked, Premises, page

APPROVAL, KEY, SHOWN = "A-100", "Kagi-2026", "Hyouji-4711"
TRIES = 3
KINDS = {"0": "", "1": "新規", "2": "追加"}
FORM = """<form method=post action=/desk/check><table border=1>
<tr><td rowspan=2>会社名</td><td><input name=company></td></tr><tr><td><small>（全角）</small></td></tr>
<tr><td>利用者ＩＤ<font color=red>*</font></td><td>：</td><td><input name=user></td></tr>
<tr><td>メールアドレス</td><td><input name=mail></td></tr><tr><td>（確認）</td><td><input name=again></td></tr>
<tr><td>申請区分</td>
<td><select name=kind><option value=0>選択<option value=1>新 規<option value=2>追 加</select></td></tr>
<tr><td>ご連絡</td>
<td><input type=radio name=by value=電話 checked>電話<input type=radio name=by value=郵便>郵便</td></tr>
<tr><td><input type=checkbox name=agreed id=g style="display:none"></td>
<td><label for=g>利用規約に同意する</label></td></tr></table>
<input type=image alt="確認" src=x width=60 height=20></form>"""
CODES = """<form method=post action=/desk/open><table>
<tr><td>承認番号</td><td><input name=approval value="%s"></td></tr>
<tr><td>認証キー</td><td><input type=password name=key></td></tr></table><input type=submit value="次へ"></form>"""
TABLE = "会社名", "利用者ID", "メールアドレス", "申請区分", "ご連絡"


class Desk:
    """利用申請."""

    def __init__(self, premises: Premises) -> None:
        """Nobody has tried a key."""
        self._premises = premises
        self._failed = 0

    def answer(self, asked: Asked) -> Answer | None:
        """One of its screens."""
        screens: dict[str, Callable[[Asked], Answer]] = {
            "": lambda _: page("申請", f"<h1>利用申請</h1>{FORM}"),
            "check": self._check,
            "apply": self._apply,
            "codes": lambda _: page("受け取り", CODES % ("" if self._wrong("forgets-number") else APPROVAL)),
            "open": self._open,
            "file": lambda _: self._file(),
        }
        return screens[asked.path](asked) if asked.path in screens else None

    def _wrong(self, name: str) -> bool:
        return name in self._premises.wrong

    def _check(self, asked: Asked) -> Answer:
        told = asked.form
        if told.get("mail") != told.get("again") and not self._wrong("takes-any-mail"):
            return page("申請", f"<p>メールアドレスが一致しません</p>{FORM}")
        if "agreed" not in told and not self._wrong("takes-without-consent"):
            return page("申請", f"<p>利用規約に同意してください</p>{FORM}")
        kind = KINDS[told["kind"]]
        if self._wrong("other-kind"):
            kind = "追加"
        company, user, mail, by = (told.get(name, "") for name in ("company", "user", "mail", "by"))
        shown = zip(TABLE, (company, user, mail, kind, by), strict=True)
        cells = "".join(f"<tr><td>{name}<td>：<td>{html.escape(said)}" for name, said in shown)
        buttons = "<form action=/desk><button>戻る</button></form><a href=/desk/apply><img alt=申請する src=x></a>"
        return page("確認", f"<h1>申請内容の確認</h1><table>{cells}</table>{buttons}")

    def _apply(self, _: Asked) -> Answer:
        self._failed = 0
        text = f"電子証明書の受け取り\n{self._premises.address}/desk/codes\n"
        self._premises.post(mail("電子証明書発行のご案内", text))
        return page("受付", "<p>利用申請を受け付けました。</p>")

    def _open(self, asked: Asked) -> Answer:
        right = (asked.form.get("approval"), asked.form.get("key")) == (APPROVAL, KEY)
        if self._failed >= (TRIES - 1 if self._wrong("locks-early") else TRIES) and not self._wrong("never-locks"):
            return page("受け取り", "<p>入力回数の上限を超えました。</p>")
        if not right:
            self._failed += 1
            return page("受け取り", f"<p>承認番号または認証キーが正しくありません。</p>{CODES % APPROVAL}")
        shown = f"<table><tr><td>証明書パスワード<td>：<td>{SHOWN}</table><p>期限切れの前に保存してください。</p>"
        return page("保存", f"<h1>証明書の保存</h1>{shown}<a href=/desk/file>保存</a>")

    def _file(self) -> Answer:
        name = "cert" if self._wrong("other-file-name") else "emp00021"
        password = KEY if self._wrong("shows-another-password") else SHOWN
        return Answer(
            self._premises.authority.issue("emp00021").p12(password, name), "application/x-pkcs12", f"{name}.p12"
        )
