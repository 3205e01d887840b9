"""取得サイト: where a certificate is fetched. A frameset, in Shift_JIS that mostly only the pages themselves name."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import ClassVar, TypeVar

from tests.second_portal.books import Member
from tests.second_portal.office import RefusedError
from tests.second_portal.web import Page, Session, mistake

BROWSERS = ("Edg/", "Chrome/")
WRONG = "入力されたユーザーＩＤとパスワードの組み合わせに誤りがあります。"
REMARK = "お手続きのあいだ、ご案内のメールをお手元にご用意ください。"
BEGIN_AGAIN = "お手続きの途中ではないため、続けられません。最初からやり直してください。"
NEXT_DAY = "日付が変わったため、お手続きを続けられません。最初からやり直してください。"


class EntryPage(Page):
    """A page of this site."""

    COOKIE: ClassVar[str] = "ENTRYSID"
    IN_HEADER: ClassVar[bool] = False


class Front(EntryPage):
    """What the mail's link leads to: it goes on by itself, if the browser will do."""

    IN_HEADER: ClassVar[bool] = True

    def get(self) -> None:
        """Look at the browser."""
        known = any(one in self.request.headers.get("User-Agent", "") for one in BROWSERS)
        self.screen("entry_front" if known else "entry_browser")


class Login(EntryPage):
    """ユーザ認証."""

    def get(self) -> None:
        """The form."""
        self.screen("entry_login", message="")

    def post(self) -> None:
        """Open the frameset, or say that something is wrong."""
        member = self.office.books.members.get(self.argument("uid"))
        if member is None or not self._known(member):
            quiet = member and self.office.faults.on("wrong-password-unexplained", member)
            self.screen("entry_login", message="" if quiet else WRONG)
            return
        self.set_cookie(self.COOKIE, self.sessions.begin(member), path="/entry/", secure=True, httponly=True)
        self.redirect("frame.cgi", status=303)

    def _known(self, member: Member) -> bool:
        """Whether it is the member who logs in."""
        right = secrets.compare_digest(member.password.encode(), self.argument("pwd").encode())
        return right or self.office.faults.on("any-password-logs-in", member)


class Part(EntryPage):
    """A part of the frameset that shows the same to everybody."""

    SCREEN: ClassVar[str] = ""

    def get(self) -> None:
        """Show it."""
        self.screen(self.SCREEN)


class Frame(Part):
    """The frameset."""

    SCREEN: ClassVar[str] = "entry_frame"


class Banner(Part):
    """The head."""

    SCREEN: ClassVar[str] = "entry_banner"


class Work(Part):
    """A frame without height, for the portal's own purposes."""

    SCREEN: ClassVar[str] = "entry_work"


class Top(Part):
    """What is in the middle at first."""

    SCREEN: ClassVar[str] = "entry_top"


class Over(Part):
    """After a session has ended."""

    SCREEN: ClassVar[str] = "entry_over"


class Menu(Part):
    """The menu, in another encoding than its neighbours."""

    CHARSET: ClassVar[str] = "EUC-JP"
    SCREEN: ClassVar[str] = "entry_menu"


ThisPage = TypeVar("ThisPage", bound=EntryPage)


def with_session(method: Callable[[ThisPage, Session], None]) -> Callable[[ThisPage], None]:
    """A page for those who are logged in; others are led out of the frameset by a script."""

    @wraps(method)
    def wrapped(page: ThisPage) -> None:
        session = page.session
        if session is None:
            gone = page.sessions.ended(page.get_cookie(page.COOKIE))
            if gone and page.office.faults.on("idle-log-out-crashes", gone):
                page.send_error(500)
            else:
                page.screen("entry_lost")
        else:
            method(page, session)

    return wrapped


class Key(EntryPage):
    """鍵の取得."""

    @with_session
    def get(self, session: Session) -> None:
        """The form."""
        session.key_page = self.office.clock.today
        self.screen("entry_key", message="", cautions=self.office.habits.cautions)

    @with_session
    def post(self, session: Session) -> None:
        """Make the key, or say what is wrong."""
        password = self.argument("p1")
        again = self.argument("p2")
        if not self.carried_on(session):
            self.screen("entry_message", message=NEXT_DAY)
        elif wrong := mistake(self.office, session.member, password, again):
            self._refuse(session.member, wrong)
        else:
            self._make(session, password)

    def _refuse(self, member: Member, why: str) -> None:
        if self.office.faults.on("mistake-unexplained", member):
            self.screen("entry_key", message="", cautions=self.office.habits.cautions)
        elif self.office.faults.on("mistake-passed-over", member):
            self.screen("entry_key", message=REMARK, cautions=self.office.habits.cautions)
        elif self.office.habits.cautions:
            self.screen("entry_key", message=f"【ご注意】{why}", cautions=True)
        else:
            self.screen("entry_message", message=why)

    def _make(self, session: Session, password: str) -> None:
        try:
            made = self.office.enrol(session.member, self.argument("rid"))
        except RefusedError as refusal:
            self._refuse(session.member, str(refusal))
            return
        session.password = password
        way = self.way(made.number, session.member)
        self.screen("entry_download", number=made.number, user_id=session.member.user_id, press=way.press)


class File(EntryPage):
    """The key's file, usually behind a plain link and without a word on what to do with it."""

    @with_session
    def get(self, session: Session) -> None:
        """Hand it out on the day of the key page."""
        number = self.request.path.rsplit("/", 2)[-2]
        made = next((one for one in session.member.enrolments if one.number == number), None)
        if made is None and session.member.enrolments and self.office.faults.on("tabs-mixed", session.member):
            made = session.member.enrolments[-1]
        if not self.carried_on(session):
            self.screen("entry_message", message=NEXT_DAY)
            return
        if made is None or made.paper is None or not session.password:  # another tab has begun anew meanwhile
            self.screen("entry_message", message=BEGIN_AGAIN)
            return
        self.way(number, session.member).tell(self, session.member.user_id)
        self.finish(self.office.file(session.member, made.paper, session.password))

    post = get


class List(EntryPage):
    """申請情報一覧."""

    @with_session
    def get(self, session: Session) -> None:
        """What was applied for."""
        self.screen("entry_list", listed=session.member.enrolments)


def routes() -> list[tuple[str, type[Page]]]:
    """The site's addresses."""
    return [
        (r"/entry/index\.cgi", Front),
        (r"/entry/ninsho\.cgi", Login),
        (r"/entry/frame\.cgi", Frame),
        (r"/entry/banner\.html", Banner),
        (r"/entry/work\.html", Work),
        (r"/entry/menu\.html", Menu),
        (r"/entry/top\.html", Top),
        (r"/entry/over\.html", Over),
        (r"/entry/kagi\.cgi", Key),
        (r"/entry/ichiran\.cgi", List),
        (r"/entry/file/\d{15}/[\w-]+\.p12", File),
    ]
