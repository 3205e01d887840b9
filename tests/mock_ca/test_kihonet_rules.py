"""Both sides of every boundary in kihonet's rules, and what its sisters' users may not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from .running import Running, fetch, submit
from .visitor import identity, opened
from .walks import PASSWORD, advance, apply, at_renewal, enrol, enrolled, key_page, opens, renewed

TOKYO = ZoneInfo("Asia/Tokyo")


def test_one_user_id_has_one_certificate(kihonet: Running) -> None:
    """Whatever is begun again gives the same one: the form, the page, the whole procedure."""
    user = kihonet.account("invited")
    visitor, page = key_page(kihonet, user)
    for _ in range(2):
        submit(visitor, user["request_id"], ticket=page.field("ticket"))
    serials = {opened(fetch(one, user["request_id"]), PASSWORD).serial for one in (visitor, kihonet.logged_in(user))}
    assert [one["serial"] for one in kihonet.facts(user)["certificates"]] == list(serials)


def test_a_renewal_is_applied_for_once(kihonet: Running) -> None:
    """A second application is refused with a sentence."""
    user = kihonet.account("renewable")
    renewed(kihonet, user)
    assert "すでに受け付けて" in apply(at_renewal(kihonet, user)).error
    assert len(kihonet.renewals(user)) == 1


@pytest.mark.parametrize(("days", "open_"), [(0, True), (30, True), (31, False)])
def test_a_guide_mail_is_good_for_thirty_days(kihonet: Running, days: int, open_: bool) -> None:  # noqa: FBT001
    """Counted from the issue of the certificate information; refused at 取得."""
    page = enrol(kihonet, kihonet.account("invited", days_ago=days))
    assert (page.name == "download.jsp") == open_
    assert open_ or "発行後30日間" in page.error


@pytest.mark.parametrize("minutes", [4, 10])
def test_an_issue_is_finished_on_its_day(kihonet: Running, minutes: int) -> None:
    """From the key page on: before midnight it goes on, after it neither 取得 nor ダウンロード does."""
    kihonet.pass_time(to="23:55")
    early, late = kihonet.account("invited"), kihonet.account("invited")
    (first, page), (second, form) = key_page(kihonet, early), key_page(kihonet, late)
    submit(first, early["request_id"], ticket=page.field("ticket"))
    kihonet.pass_time(minutes=minutes)
    answers = [first.download(), submit(second, late["request_id"], ticket=form.field("ticket"))]
    over = minutes > 5
    assert ["当日中" in answer.error if over else False for answer in answers] == [over, over]
    assert len(kihonet.facts(late)["certificates"]) == int(not over)


@pytest.mark.parametrize("minutes", [4, 10])
def test_a_renewal_is_finished_on_its_day(kihonet: Running, minutes: int) -> None:
    """The same from its key page on; begun again from the list, it goes on."""
    kihonet.pass_time(to="23:55")
    user = kihonet.account("renewable")
    visitor = at_renewal(kihonet, user)
    page = advance(visitor, apply(visitor))
    request_id = page.field("requestId")
    kihonet.pass_time(minutes=minutes)
    answer = submit(visitor, request_id, ticket=page.field("ticket"))
    assert ("当日中" in answer.error) == (minutes > 5)
    assert opened(fetch(visitor, request_id), PASSWORD)


def test_a_renewals_file_is_not_given_on_the_next_day(kihonet: Running) -> None:
    """Its download page was opened before midnight."""
    kihonet.pass_time(to="23:55")
    visitor = at_renewal(kihonet, kihonet.account("renewable"))
    page = advance(visitor, apply(visitor))
    submit(visitor, page.field("requestId"), ticket=page.field("ticket"))
    kihonet.pass_time(minutes=10)
    assert "当日中" in visitor.download().error


def test_a_certificate_is_valid_for_three_years(kihonet: Running) -> None:
    """A new one and a renewed one, until the end of the day in Tokyo."""
    for holder in (enrolled(kihonet, kihonet.account("invited")), renewed(kihonet, kihonet.account("renewable"))):
        begins, ends = (
            moment.astimezone(TOKYO)
            for moment in (holder.certificate.not_valid_before_utc, holder.certificate.not_valid_after_utc)
        )
        assert (ends.year - begins.year, f"{ends:%H:%M:%S}") == (3, "23:59:59")
        assert (ends.month, ends.day) in ((begins.month, begins.day), (2, 28))


def test_reminders_come_at_thirty_and_seven_days_only(kihonet: Running) -> None:
    """Counted day by day; none after the new key was fetched."""
    user, done = kihonet.account("active", days_left=31), kihonet.account("renewable", days_left=8)
    renewed(kihonet, done)
    arrived: list[int] = []
    for left in range(31, -1, -1):
        arrived += [left] * (len(kihonet.mails(user["mail"])) - len(arrived))
        kihonet.pass_time(days=1)
    assert arrived == [30, 7]
    assert len(kihonet.mails(done["mail"])) == 1


@pytest.mark.parametrize(("left", "open_"), [(31, False), (30, True), (0, True)])
def test_renewal_is_open_when_the_first_reminder_has_come(kihonet: Running, left: int, open_: bool) -> None:  # noqa: FBT001
    """The manual names no day of its own."""
    page = apply(at_renewal(kihonet, kihonet.account("active", days_left=left)))
    assert ("waiting.jsp" in page.url) == open_
    assert open_ or "30日前から" in page.error


@pytest.mark.parametrize(("variant", "site"), [("kihonet", "service"), ("navi", "navi")])
def test_a_certificate_dies_with_its_last_day(kihonet: Running, variant: str, site: str) -> None:
    """Revoked and expired ones open nothing either."""
    holder = identity(kihonet.account("active", days_left=0, variant=variant))
    assert opens(kihonet, site, holder)
    kihonet.pass_time(days=1)
    assert not opens(kihonet, site, holder)
    for state in ("revoked", "expired"):
        dead = identity(kihonet.account(state, variant=variant))
        assert not opens(kihonet, site, dead)
        assert kihonet.visitor(dead).get(kihonet.sites["renew"]).status == 403


def test_a_sisters_certificate_opens_nothing(kihonet: Running) -> None:
    """Neither a service nor the renewal site, though the listener accepts its authority."""
    stranger = identity(kihonet.of("danshin").account("active"))
    assert not opens(kihonet, "service", stranger)
    assert not opens(kihonet, "navi", stranger)
    assert kihonet.visitor(stranger).get(kihonet.sites["renew"]).status == 403


def test_a_sisters_user_and_request_are_unknown(kihonet: Running) -> None:
    """At the log-in and on the key page."""
    user, stranger = kihonet.account("invited"), kihonet.of("danshin").account("invited")
    visitor = kihonet.visitor()
    visitor.get(kihonet.sites["enrol"])
    assert visitor.post("login.jsp", userId=stranger["user_id"], password=stranger["login_password"]).error
    unknown = enrol(kihonet, user, request_id=stranger["request_id"]).error
    assert unknown == enrol(kihonet, user, request_id="202001010000000").error


@pytest.mark.parametrize(("variant", "word"), [("danshin", "kihonet, navi"), (1, "kihonet, navi"), ("", "variant")])
def test_an_unknown_variant_is_refused(kihonet: Running, variant: object, word: str) -> None:
    """With a sentence that names those that there are; and danshin's trait is none here."""
    body = {"system": "kihonet", "state": "active"}
    status, answer = kihonet.ask("POST", "/subscribers", {**body, "variant": variant})
    assert (status, word in answer["error"]) == (400, True)
    assert kihonet.ask("POST", "/subscribers", {**body, "certificate": "shared"})[0] == 400
