"""更新サイト: where a certificate is renewed. Nested tables in EUC-JP, read-only inputs, keys in another window."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ClassVar, TypeVar

from cryptography.x509.oid import NameOID

from tests.second_portal.books import Application, Paper
from tests.second_portal.office import RefusedError
from tests.second_portal.web import Page, Session, mistake

PER_PAGE = 20


class ExchangePage(Page):
    """A page of this site."""

    COOKIE: ClassVar[str] = "KOSHINSID"
    CHARSET: ClassVar[str] = "EUC-JP"

    def message(self, words: str) -> None:
        """A screen with nothing but some words."""
        self.screen("exchange_message", message=words)


ThisPage = TypeVar("ThisPage", bound=ExchangePage)


def with_certificate(method: Callable[[ThisPage, Session, Paper], None]) -> Callable[[ThisPage], None]:
    """A page for those who hold a certificate in force and whose session has not ended."""

    @wraps(method)
    def wrapped(page: ThisPage) -> None:
        found = page.office.admits(page.serial, "shared")
        session = page.session
        if found is None:
            page.set_status(403)
            page.message("有効な証明書が無いため、更新サイトはご利用になれません。")
        elif session is None or session.member is not found[0]:
            page.screen("exchange_over")
        else:
            method(page, session, found[1])

    return wrapped


class Front(ExchangePage):
    """What the mail's link leads to: a session is begun, and the page goes on by itself."""

    def get(self) -> None:
        """Look at the certificate."""
        if found := self.office.admits(self.serial, "shared"):
            self.set_cookie(self.COOKIE, self.sessions.begin(found[0]), path="/koshin/", secure=True, httponly=True)
            self.screen("exchange_front")
            return
        self.set_status(403)
        self.message("有効な証明書が無いため、更新サイトはご利用になれません。")


class Menu(ExchangePage):
    """The menu."""

    @with_certificate
    def get(self, session: Session, _: Paper) -> None:
        """Show it."""
        self.screen("exchange_menu", user_id=session.member.user_id)


class Apply(ExchangePage):
    """証明書更新申請."""

    @with_certificate
    def get(self, session: Session, paper: Paper) -> None:
        """What would be renewed."""
        try:
            self.office.check_renewable(session.member, paper)
        except RefusedError as refusal:
            self.message(str(refusal))
            return
        self.screen("exchange_confirm", member=session.member, facts=subject_of(paper))

    @with_certificate
    def post(self, session: Session, paper: Paper) -> None:
        """Apply."""
        try:
            made = self.office.renew(session.member, paper)
        except RefusedError as refusal:
            self.message(str(refusal))
            return
        self.redirect(f"machi.do?r={made.number}", status=303)


class Waiting(ExchangePage):
    """しばらくお待ちください: it looks again by itself, and goes on by script."""

    @with_certificate
    def get(self, session: Session, _: Paper) -> None:
        """Look whether it is ready."""
        made = application(session, self.asked("r"))
        if made and self.office.ready(made):
            self.screen("exchange_goes_on", number=made.number)
        else:
            self.screen("exchange_waiting", meta=self.office.habits.meta_refresh)


class Key(ExchangePage):
    """鍵の取得: in the window itself, or in one that the list opens."""

    @with_certificate
    def get(self, session: Session, _: Paper) -> None:
        """The form, with the request ID in it."""
        session.key_page = self.office.clock.today
        made = application(session, self.asked("r"))
        if made is None:
            self.message("お申込みが見つかりません。")
        else:
            popup = self.asked("w") == "1"
            self.screen("exchange_key_window" if popup else "exchange_key", number=made.number)

    @with_certificate
    def post(self, session: Session, _: Paper) -> None:
        """Make the key's file, or say what is wrong."""
        password = self.argument("kagi1")
        made = application(session, self.argument("r"))
        if session.key_page != self.office.clock.today:
            self.message("日付が変わったため、お手続きを続けられません。")
        elif wrong := mistake(password, self.argument("kagi2")):
            self.message(wrong)
        elif made is None:
            self.message("お申込みが見つかりません。")
        else:
            session.password = password
            self.screen("exchange_download", number=made.number)


class File(ExchangePage):
    """The key's file, as an answer to a form."""

    @with_certificate
    def post(self, session: Session, _: Paper) -> None:
        """Hand it out on the day of the key page."""
        made = application(session, self.argument("r"))
        if session.key_page != self.office.clock.today or made is None or made.paper is None:
            self.message("日付が変わったため、お手続きを続けられません。")
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="{session.member.user_id}-koshin.p12"')
        self.finish(self.office.file(session.member, made.paper, session.password))


class List(ExchangePage):
    """更新申請情報の一覧, twenty at a time."""

    @with_certificate
    def get(self, session: Session, _: Paper) -> None:
        """One page of it."""
        page = max(1, int(self.asked("p", "1")))
        listed = session.member.renewals
        shown = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
        self.screen(
            "exchange_list",
            shown=[(one, limit(one), self._offers(one)) for one in shown],
            user_id=session.member.user_id,
            total=len(listed),
            page=page,
            more=page * PER_PAGE < len(listed),
        )

    def _offers(self, one: Application) -> bool:
        """Whether the list has a button for it."""
        late = self.office.habits.key_listed_late and not self.office.ready(one)
        return one.paper is not None and not late


def application(session: Session, number: str) -> Application | None:
    """A member's own renewal under a request ID."""
    return next((one for one in session.member.renewals if one.number == number and one.paper), None)


def limit(one: Application) -> str:
    """Until when a key can be fetched."""
    end = one.made.replace(hour=23, minute=59, second=59, microsecond=0)
    return f"{end:%Y.%m.%d %H:%M:%S}"


def subject_of(paper: Paper) -> dict[str, list[str]]:
    """The parts of a certificate's name under their headings, the innermost first."""
    name = paper.credential.certificate.subject
    kinds = {
        "Common Name": NameOID.COMMON_NAME,
        "Organizational Unit": NameOID.ORGANIZATIONAL_UNIT_NAME,
        "Organization": NameOID.ORGANIZATION_NAME,
        "Country": NameOID.COUNTRY_NAME,
    }
    return {
        heading: [str(one.value) for one in reversed(name.get_attributes_for_oid(kind))]
        for heading, kind in kinds.items()
    }


def routes() -> list[tuple[str, type[Page]]]:
    """The site's addresses."""
    return [
        (r"/koshin/", Front),
        (r"/koshin/menu\.do", Menu),
        (r"/koshin/shinsei\.do", Apply),
        (r"/koshin/machi\.do", Waiting),
        (r"/koshin/kagi\.do", Key),
        (r"/koshin/dl\.do", File),
        (r"/koshin/ichiran\.do", List),
    ]
