"""更新サイト: where a certificate is renewed. Nested tables in EUC-JP, read-only inputs, keys in another window."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ClassVar, TypeVar

from cryptography.x509.oid import NameOID

from tests.second_portal.books import Application, Member, Paper
from tests.second_portal.office import RefusedError
from tests.second_portal.ways import EXCHANGE, Way
from tests.second_portal.web import Page, Session, mistake

PER_PAGE = 20


class ExchangePage(Page):
    """A page of this site."""

    COOKIE: ClassVar[str] = "KOSHINSID"
    CHARSET: ClassVar[str] = "EUC-JP"
    WAY: ClassVar[Way] = EXCHANGE

    def message(self, words: str) -> None:
        """A screen with nothing but some words."""
        self.screen("exchange_message", message=words)

    def over(self, member: Member) -> None:
        """What is seen after a session has ended."""
        if self.office.faults.on("idle-log-out-crashes", member):
            self.send_error(500)
        else:
            self.screen("exchange_over")


ThisPage = TypeVar("ThisPage", bound=ExchangePage)


def with_certificate(method: Callable[[ThisPage, Session, Paper], None]) -> Callable[[ThisPage], None]:
    """A page for those who hold a certificate in force and whose session has not ended."""

    @wraps(method)
    def wrapped(page: ThisPage) -> None:
        found = page.office.admits(page.serial, "shared", renews=True)
        session = page.session
        if found is None:
            page.set_status(403)
            page.message("有効な証明書が無いため、更新サイトはご利用になれません。")
        elif session is None or session.member is not found[0]:
            page.over(found[0])
        else:
            method(page, session, found[1])

    return wrapped


class Front(ExchangePage):
    """What the mail's link leads to: a session is begun, and the page goes on by itself."""

    def get(self) -> None:
        """Look at the certificate."""
        if found := self.office.admits(self.serial, "shared", renews=True):
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
        others = (one.papers[0] for one in self.office.books.members.values() if one.papers and one != session.member)
        if self.office.faults.on("confirms-someone-else", session.member):
            paper = next(others, paper)
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
    def get(self, session: Session, paper: Paper) -> None:
        """Look whether it is ready."""
        made, on = application(session, self.asked("r")), self.office.faults.on
        if on("reload-applies-again", session.member):
            self.office.apply(session.member, paper)
        if made and self.office.ready(made) and not on("waiting-page-still", session.member):
            self.screen("exchange_goes_on", number=made.number)
        else:
            still = on("waiting-page-still", session.member)
            self.screen("exchange_waiting", meta=self.office.habits.meta_refresh, still=still)


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
            shown = self._shown(session.member, made)
            self.screen("exchange_key_window" if popup else "exchange_key", number=shown)

    @with_certificate
    def post(self, session: Session, _: Paper) -> None:
        """Make the key's file, or say what is wrong."""
        password = self.argument("kagi1")
        made = application(session, self.argument("r"))
        if not self.carried_on(session):
            self.message("日付が変わったため、お手続きを続けられません。")
        elif wrong := mistake(self.office, session.member, password, self.argument("kagi2")):
            self.message(wrong)
        elif made is None:
            self.message("お申込みが見つかりません。")
        else:
            session.password = password
            self.screen("exchange_download", number=made.number, press=self.way(made.number, session.member).press)

    def _shown(self, member: Member, made: Application) -> str:
        """The request ID that the form has."""
        if self.office.faults.on("id-not-prefilled", member):
            return ""
        return self.office.books.number() if self.office.faults.on("id-of-another", member) else made.number


class File(ExchangePage):
    """The key's file, usually as an answer to a form."""

    @with_certificate
    def post(self, session: Session, _: Paper) -> None:
        """Hand it out on the day of the key page."""
        number = self.argument("r") or self.asked("r")
        made = application(session, number)
        if not self.carried_on(session) or made is None or made.paper is None:
            self.message("日付が変わったため、お手続きを続けられません。")
            return
        self.way(number, session.member).tell(self, session.member.user_id)
        self.finish(self.office.file(session.member, made.paper, session.password))

    get = post


class List(ExchangePage):
    """更新申請情報の一覧, twenty at a time."""

    @with_certificate
    def get(self, session: Session, _: Paper) -> None:
        """One page of it."""
        on, page = self.office.faults.on, max(1, int(self.asked("p", "1")))
        listed = session.member.renewals
        if listed and on("list-empty", session.member):
            listed = []
        at = 0 if page > 1 and on("paging-stands-still", session.member) else page - 1
        shown = listed[at * PER_PAGE : (at + 1) * PER_PAGE]
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
