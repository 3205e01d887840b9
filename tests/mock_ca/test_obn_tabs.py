"""Several tabs and windows: what a page showed is done, or nothing is done, with a clear page."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from .obn_walks import (
    PASSWORD,
    Obn,
    addressed,
    apply,
    chosen,
    downloaded,
    ids,
    key_form,
    keyed,
    linked,
    listed,
    named,
    packed,
    press,
    renewed,
    revoked,
    statuses,
    twice,
)
from .visitor import Page, opened

STALE = "この画面からは手続きできません"


def stale(page: Page) -> bool:
    """Whether it is the page that refuses an old one."""
    return STALE in page.words and "ほかのタブとウィンドウをすべて閉じ" in page.words


def handed_out(obn: Obn, account: dict[str, Any]) -> int:
    """How often a user's key was given out."""
    return sum(one["handed_out"] for one in obn.mock.facts(account)["requests"])


@pytest.mark.parametrize("step", ["enter", "password", "download"])
def test_the_first_of_two_download_tabs_is_refused_at_every_step(obn: Obn, step: str) -> None:
    """Two users' ids in one session; the second tab goes on."""
    one, two, visitor = obn.account("invited"), obn.account("invited"), obn.visitor()
    first = {
        "enter": lambda: visitor.get(obn.sites["enrol"]),
        "password": lambda: chosen(visitor, obn, one),
        "download": lambda: packed(visitor, obn, one),
    }[step]()
    second = packed(visitor, obn, two)
    assert stale(press(visitor, first, **ids(one), **twice("first")))
    assert (
        opened(press(visitor, second).body, PASSWORD)
        .certificate.subject.rfc4514_string()
        .startswith(f"CN={two['user_id']}")
    )


def test_an_old_tab_changes_nothing(obn: Obn) -> None:
    """No key is given out for either user."""
    one, two, visitor = obn.account("invited"), obn.account("invited"), obn.visitor()
    first = chosen(visitor, obn, one)
    second = chosen(visitor, obn, two)
    assert stale(press(visitor, first, **twice("first")))
    assert handed_out(obn, one) == handed_out(obn, two) == 0
    assert "Download" in press(visitor, second, **twice(PASSWORD)).text


def test_a_used_page_is_used_up(obn: Obn) -> None:
    """Submit, and Submit of the same page again; reloading what came of it is refused too."""
    user, visitor = obn.account("invited"), obn.visitor()
    page = chosen(visitor, obn, user)
    assert "Download" in press(visitor, page, **twice("one")).text
    assert stale(press(visitor, page, **twice("two")))
    assert stale(visitor.get(page.url))
    assert handed_out(obn, user) == 1


def test_two_submits_at_once_act_once(obn: Obn) -> None:
    """An impatient double click."""
    user, visitor = obn.account("invited"), obn.visitor()
    page, pages = chosen(visitor, obn, user), []
    threads = [threading.Thread(target=lambda: pages.append(press(visitor, page, **twice(PASSWORD)))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(stale(page) for page in pages) == [False, True, True]
    assert handed_out(obn, user) == 1


def test_after_a_refusal_starting_again_works(obn: Obn) -> None:
    """With all other tabs closed, in the same browser or a new one."""
    one, two, visitor = obn.account("invited"), obn.account("invited"), obn.visitor()
    first = chosen(visitor, obn, one)
    chosen(visitor, obn, two)
    assert stale(press(visitor, first, **twice("x")))
    holder = opened(press(visitor, packed(visitor, obn, one)).body, PASSWORD)
    assert obn.opens(holder)
    assert obn.opens(downloaded(obn, two))


def test_forged_tickets_are_refused(obn: Obn) -> None:
    """In the address and in the form, on every site."""
    user = obn.account("renewable")
    for site, paths in {
        "enrol": ["/p/rcd/password", "/p/rcd/download"],
        "revoke": ["/p/rx/mail", "/p/rx/confirm"],
    }.items():
        visitor, page = obn.at(site, user)
        assert stale(press(visitor, page, ticket="x", **ids(user)))
        assert all(stale(visitor.get(f"{path}?ticket=<b>")) for path in paths)
    visitor, _ = obn.at("renew", user)
    assert stale(press(visitor, visitor.get("/p/ru/apply"), ticket=""))
    assert len(obn.mock.facts(user)["requests"]) == 1


def test_an_old_confirmation_of_a_renewal_is_refused(obn: Obn) -> None:
    """The newer one applies, once."""
    user = obn.account("renewable")
    visitor, _ = obn.at("renew", user)
    pages = [visitor.get("/p/ru/apply") for _ in range(2)]
    assert stale(press(visitor, pages[0]))
    assert "送信完了" in press(visitor, pages[1]).words
    assert stale(press(visitor, pages[1]))
    assert len(obn.mock.facts(user)["requests"]) == 2


def test_a_second_tab_is_the_same_session(obn: Obn) -> None:
    """Its first page does not log the first tab out."""
    user = obn.account("renewable")
    visitor, _ = obn.at("renew", user)
    page = visitor.get("/p/ru/apply")
    visitor.get(obn.sites["renew"])
    assert "送信完了" in press(visitor, page).words


def test_of_two_key_pages_the_newer_one_counts(obn: Obn) -> None:
    """Also of two download pages."""
    user = obn.account("renewable")
    visitor, page = key_form(obn, user)
    newer = visitor.get(linked(listed(visitor)))
    assert stale(press(visitor, page, **keyed(page)))
    first = press(visitor, newer, **keyed(newer))
    again = visitor.get(linked(listed(visitor)))
    second = press(visitor, again, **keyed(again, "9999"))
    assert stale(press(visitor, first))
    assert opened(press(visitor, second).body, "9999")


def test_two_windows_do_not_mix(obn: Obn) -> None:
    """Two users' certificates, the steps interleaved: each gets what its own screens showed."""
    one, two = obn.account("renewable"), obn.account("renewable")
    (left, _), (right, _) = obn.at("renew", one), obn.at("renew", two)
    pages = left.get("/p/ru/apply"), right.get("/p/ru/apply")
    assert [user["user_id"] in page.words for user, page in zip((one, two), pages, strict=True)] == [True, True]
    forms = [statuses(window, press(window, page))[1] for window, page in zip((left, right), pages, strict=True)]
    packs = [press(window, form, **keyed(form)) for window, form in zip((left, right), forms, strict=True)]
    files = [press(window, page).body for window, page in zip((left, right), packs, strict=True)]
    names = [opened(file, "0123").certificate.subject.rfc4514_string().split(",")[0] for file in files]
    assert names == [f"CN={one['user_id']}", f"CN={two['user_id']}"]


def test_renewal_and_revocation_at_once_do_not_disturb_each_other(obn: Obn) -> None:
    """Two procedures in two tabs of one browser."""
    user = obn.account("renewable")
    visitor, _ = obn.at("renew", user)
    renewal = visitor.get("/p/ru/apply")
    revocation = addressed(visitor, obn, user)
    visitor.get(obn.sites["renew"])
    assert "送信完了" in press(visitor, renewal).words
    visitor.get(obn.sites["revoke"])
    assert stale(press(visitor, revocation, apply="申請"))
    assert "受け付けました" in revoked(obn, user).words


def test_the_address_of_another_tab_is_not_used(obn: Obn) -> None:
    """The first tab's 申請 does nothing; the second's is carried out as it was shown."""
    user = obn.account("active")
    visitor = obn.holder(user)
    first, second = (addressed(visitor, obn, user, f"{name}@clinic.example") for name in ("first", "second"))
    assert stale(press(visitor, first, apply="申請"))
    assert "second@clinic.example" in press(visitor, second, apply="申請").words
    assert stale(press(visitor, second, apply="申請"))
    obn.mock.pass_time(days=3)
    assert [len(obn.mock.mails(f"{name}@clinic.example")) for name in ("first", "second")] == [0, 1]


def test_the_address_page_of_another_tab_is_refused(obn: Obn) -> None:
    """At each of its steps."""
    user = obn.account("active")
    visitor = obn.holder(user)
    entry = visitor.get(obn.sites["revoke"])
    page = named(visitor, obn, user)
    assert stale(press(visitor, entry, **ids(user)))
    named(visitor, obn, user)
    assert stale(press(visitor, page, mail="a@b.example", mailConfirm="a@b.example"))


def test_the_procedure_with_all_other_tabs_closed_succeeds(obn: Obn) -> None:
    """As a contrast."""
    user = obn.account("renewable")
    assert obn.opens(renewed(obn, user))
    assert obn.opens(downloaded(obn, obn.account("invited")))
    assert "すでに受け付けています" in apply(obn.at("renew", user)[0]).error
