"""Two runs against each other, in code: each kind of difference is found, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reports.compare import compare
from reports.compare.certificates import weaker
from reports.compare.model import Comparison, Kind, Turn
from reports.reading import read
from sekisho.results import Certificate, Note, Picture, Product, Run, Scenario
from sekisho.verdict import Verdict

from .samples import START, certificate, dialog, failing, mail, renewal, run, save, scenario, step, stopped

WORDS = ["クライアント証明書の更新", "有効期限の30日前から更新できます。", "リクエスト ID 20261121000017", "Submit"]


def screen(
    title: str = "更新", path: str = "renewal/", words: list[str] | None = None, host: str = "a.test"
) -> Picture:
    """A screen with its words."""
    url = f"https://{host}:8444/{path}"
    return Picture(path=f"pictures/{title}.jpg", url=url, title=title, text=WORDS if words is None else words)


def one(*evidence: object, name: str = "更新できる", **changes: object) -> Scenario:
    """A scenario of one step."""
    return scenario(name, [step("更新する", "DAN-RENEW-01", evidence=list(evidence))], **changes)


def compared(tmp_path: Path, before: list[Scenario], after: list[Scenario], **changes: object) -> Comparison:
    """The comparison of two runs of these scenarios."""
    was = read(save(tmp_path / "a", run(), before))
    return compare(was, read(save(tmp_path / "b", run(id="later", **changes), after)))


def test_a_run_is_no_different_from_itself(tmp_path: Path) -> None:
    """With every kind of evidence, a failure and an undecided scenario."""
    pictures = [f"pictures/{number}.jpg" for number in range(9)]
    blocked = stopped("利用者がない", Verdict.BLOCKED, "利用者がありません", "DAN-FAQ-05")
    noted = one(screen(), Note(title="記録", lines=["a"]), name="記録")
    scenarios = [renewal("更新できる", pictures), failing(), blocked, noted]

    found = compared(tmp_path, scenarios, scenarios)

    assert (found.compared, found.differences, found.regressions) == (4, 0, 0)


def test_another_day_user_number_and_place_are_no_difference(tmp_path: Path) -> None:
    """The same portal on another day, on another port, with another user."""
    before = [one(screen(), mail(), dialog(), certificate())]
    words = [WORDS[0], WORDS[1], "リクエスト ID 20270102000003", WORDS[3]]
    later = timedelta(days=40)
    issued = certificate(
        subject="CN=emp00099,OU=Danshinnet,O=日本生命保険相互会社,C=JP",
        subject_cn="emp00099",
        serial="77",
        sha256="00" * 32,
        not_before=START + later,
        not_after=START + later + timedelta(days=3 * 365 + 1),
    )
    letter = mail(
        recipient="emp00099@example.co.jp",
        date=START + later,
        body=mail().body.replace("emp00017", "emp00099").replace("2026/12/11", "2027/01/20").replace("8444", "9555"),
    )
    after = [one(screen(words=words, host="b.test"), letter, dialog(), issued)]

    assert compared(tmp_path, before, after).differences == 0


@pytest.mark.parametrize(
    ("before", "after", "turn", "regressions"),
    [
        (Verdict.PASS, Verdict.FAIL, Turn.REGRESSION, 1),
        (Verdict.WARNING, Verdict.KNOWN_GAP, Turn.REGRESSION, 1),
        (Verdict.UNEXPECTED_PASS, Verdict.FAIL, Turn.REGRESSION, 1),
        (Verdict.PASS, Verdict.ERROR, Turn.UNDECIDED, 1),
        (Verdict.PASS, Verdict.BLOCKED, Turn.UNDECIDED, 1),
        (Verdict.FAIL, Verdict.PASS, Turn.IMPROVEMENT, 0),
        (Verdict.ERROR, Verdict.WARNING, Turn.IMPROVEMENT, 0),
        (Verdict.PASS, Verdict.WARNING, Turn.CHANGED, 0),
        (Verdict.PASS, Verdict.NOT_APPLICABLE, Turn.CHANGED, 0),
        (Verdict.KNOWN_GAP, Verdict.FAIL, Turn.CHANGED, 0),
    ],
)
def test_a_changed_verdict_is_named_for_what_it_means(
    tmp_path: Path, before: Verdict, after: Verdict, turn: Turn, regressions: int
) -> None:
    """Worse is a regression only where the portal had done what its manual says."""
    found = compared(tmp_path, [one(verdict=before)], [one(verdict=after)])

    assert [each.turn for each in found.verdicts] == [turn]
    assert found.regressions == regressions


def test_a_regression_says_what_the_portal_did(tmp_path: Path) -> None:
    """So that the comparison alone can be sent to whoever repairs it."""
    was = failing(verdict=Verdict.PASS, failure=None)
    was = was.model_copy(update={"steps": [each.model_copy(update={"verdict": Verdict.PASS}) for each in was.steps]})

    found = compared(tmp_path, [was], [failing()])

    assert "申請が受け付けられた" in found.verdicts[0].reason
    assert "DAN-RULE-03" in found.verdicts[0].ids


def test_a_regression_shows_the_screens_where_the_runs_went_apart(tmp_path: Path) -> None:
    """Not the last screen of the run that went on."""
    steps = [step(name, "DAN-RENEW-01", evidence=[screen(name)]) for name in ("甲", "乙", "丙")]
    halted = [steps[0], step("乙", "DAN-RENEW-01", verdict=Verdict.FAIL, evidence=[screen("誤り")])]
    halted.append(step("丙", "DAN-RENEW-01", verdict=Verdict.NOT_REACHED))

    found = compared(tmp_path, [scenario("x", steps)], [scenario("x", halted, verdict=Verdict.FAIL)])

    assert [each.title for each in found.verdicts[0].pictures if each] == ["乙", "誤り"]


def test_scenarios_of_one_run_only_are_named_and_no_regression(tmp_path: Path) -> None:
    """A run of a part of the scenarios is no worse portal."""
    found = compared(tmp_path, [one(), one(name="前だけ")], [one(), one(name="後だけ")])

    assert {each.name: each.turn for each in found.verdicts} == {"前だけ": Turn.REMOVED, "後だけ": Turn.ADDED}
    assert found.regressions == 0


def test_a_changed_word_on_a_screen_is_shown_before_and_after(tmp_path: Path) -> None:
    """With both pictures, and no screen counted as added or removed."""
    words = [WORDS[0], "有効期限の60日前から更新できます。", *WORDS[2:]]
    found = compared(tmp_path, [one(screen())], [one(screen(words=words))])

    (change,) = found.wordings
    assert (change.kind, change.before, change.after) == (Kind.SCREEN, [WORDS[1]], [words[1]])
    assert all(change.pictures)
    assert found.screens == []


def test_changed_words_of_a_mail_a_dialog_and_a_note_are_found(tmp_path: Path) -> None:
    """Each by its kind; a mail's new subject is a change of wording too."""
    before = [one(mail(), dialog(), Note(title="取り込みの設定", lines=["拡張プロパティ: オン"]))]
    after = [
        one(
            mail(subject="【団信ネット】証明書更新のお知らせ"),
            dialog(pressed="キャンセル"),
            Note(title="取り込みの設定", lines=["拡張プロパティ: オフ"]),
        )
    ]

    found = {each.kind: each for each in compared(tmp_path, before, after).wordings}

    assert found[Kind.MAIL].before == ["『【団信ネット】クライアント証明書更新のご案内』"]
    assert found[Kind.DIALOG].after == ["［キャンセル］"]
    assert found[Kind.NOTE].before == ["拡張プロパティ: オン"]


def test_a_mail_that_no_longer_comes_is_found(tmp_path: Path) -> None:
    """All of its words are gone."""
    (change,) = compared(tmp_path, [one(mail())], [one()]).wordings
    assert change.kind is Kind.MAIL
    assert change.after == []


def test_screens_that_came_went_or_changed_their_name_are_found(tmp_path: Path) -> None:
    """A new title or address at the same step is the same screen under another name."""
    before = [
        one(screen()),
        one(screen("確認", "confirm"), name="b"),
        one(screen("完了", "done"), screen("控え", "x"), name="c"),
    ]
    after = [one(screen("申請")), one(screen("確認", "kakunin"), name="b"), one(screen("完了", "done"), name="c")]

    found = compared(tmp_path, before, after)

    assert {each.change for each in found.screens} == {"renamed", "moved", "removed"}
    assert {each.change for each in compared(tmp_path / "x", after, before).screens} == {"renamed", "moved", "added"}


def test_what_a_failing_scenario_no_longer_reached_is_not_called_removed(tmp_path: Path) -> None:
    """The verdict says it already."""
    steps = [
        step("a", "DAN-RENEW-01", evidence=[screen("甲", "1")]),
        step("b", "DAN-RENEW-02", evidence=[screen("乙", "2")]),
    ]
    halted = [
        steps[0].model_copy(update={"verdict": Verdict.FAIL}),
        steps[1].model_copy(update={"verdict": Verdict.NOT_REACHED, "evidence": []}),
    ]
    halted[0] = halted[0].model_copy(update={"evidence": [screen("誤り", "9")]})

    found = compared(tmp_path, [scenario("x", steps)], [scenario("x", halted, verdict=Verdict.FAIL)])

    assert [each.change for each in found.screens] == ["added"]


def test_a_screen_nobody_looked_at_is_not_called_removed(tmp_path: Path) -> None:
    """A step without any picture shows nothing, not an empty portal."""
    assert compared(tmp_path, [one(screen())], [one()]).differences == 0


@pytest.mark.parametrize(
    ("change", "fact", "weak"),
    [
        ({"key": "RSA-1024"}, "key", True),
        ({"key": "RSA-4096"}, "key", False),
        ({"key": "EC-secp256r1"}, "key", False),
        ({"signature": "sha1WithRSAEncryption"}, "signature", True),
        ({"signature": "sha384WithRSAEncryption"}, "signature", False),
        ({"not_after": START + timedelta(days=365)}, "validity", False),
        ({"subject": "CN=emp00017,O=日本生命保険相互会社,C=JP"}, "subject", False),
        ({"extensions": ["keyUsage (critical): digitalSignature, keyEncipherment"]}, "extendedKeyUsage", False),
    ],
)
def test_a_changed_certificate_profile_is_found(
    tmp_path: Path, change: dict[str, object], fact: str, *, weak: bool
) -> None:
    """Key, algorithm, validity, shape of the name, extensions; a weaker one is a regression."""
    found = compared(tmp_path, [one(certificate())], [one(certificate(**change))])

    assert [each.fact for each in found.profiles] == [fact]
    assert bool(found.regressions) is weak


@pytest.mark.parametrize(
    ("fact", "before", "after", "expected"),
    [
        ("BasicConstraints", "CA=FALSE (critical)", "CA=TRUE (critical)", True),
        ("BasicConstraints", "CA=FALSE (critical)", "CA=FALSE", True),
        ("BasicConstraints", "CA=FALSE", "CA=FALSE (critical)", False),
        ("KeyUsage", "digital_signature", "digital_signature, key_cert_sign", True),
        ("KeyUsage", "digital_signature, key_encipherment", "digital_signature", False),
        ("ExtendedKeyUsage", "clientAuth", "", True),
        ("ExtendedKeyUsage", "clientAuth", "clientAuth, serverAuth", True),
        ("signature", "sha256WithRSAEncryption", "ecdsa-with-SHA256", False),
        ("signature", "ecdsa-with-SHA256", "sha1WithRSAEncryption", True),
        ("key", "EC-P-384", "EC-P-256", True),
        ("CertificatePolicies", "1.2.3", "1.2.4", False),
    ],
)
def test_weaker_means_protecting_less(fact: str, before: str, after: str, *, expected: bool) -> None:
    """A right gained, a limit lost, a smaller key, an older hash."""
    assert weaker(fact, before, after) is expected


def test_certificates_given_at_the_start_are_not_compared(tmp_path: Path) -> None:
    """They were issued before the portal was changed."""

    def given(cert: Certificate) -> list[Scenario]:
        return [scenario("x", [step("利用者がいる", keyword="前提", evidence=[cert]), step("見る", "DAN-RENEW-01")])]

    assert compared(tmp_path, given(certificate()), given(certificate(key="RSA-1024"))).differences == 0


def test_what_makes_two_runs_hard_to_compare_is_said(tmp_path: Path) -> None:
    """Another browser, an unfinished run, a part of the scenarios."""
    found = compared(
        tmp_path, [one()], [one()], browser="Edge 150", finished=None, shard="1/2", stopped="ポータルに届きません"
    )

    told = "\n".join(found.notes)
    for words in ("Edge 150", "途中で終わって", "1/2", "ポータルに届きません"):
        assert words in told


def test_the_product_is_named(tmp_path: Path) -> None:
    """The vendor's name and version of what was tested."""
    found = compared(tmp_path, [one()], [one()], product=Product(name="認証ポータル", version="2.4"))
    assert (found.before.product, found.after.product) == ("", "認証ポータル 2.4")


def test_repetitions_count_as_one_scenario_with_the_worst_verdict(tmp_path: Path) -> None:
    """A run with --repeat against one without."""
    repeated = [one(), one(id="更新できる-2", attempt=2, verdict=Verdict.FAIL)]

    found = compared(tmp_path, [one()], repeated)

    assert [each.turn for each in found.verdicts] == [Turn.REGRESSION]


def test_a_run_of_another_manual_is_left_out_and_said(tmp_path: Path) -> None:
    """Only what both runs tested is compared."""
    both: Run = run(manuals=["danshin", "kihonet"])
    before = read(save(tmp_path / "a", both, [one(), one(name="企保", manual="kihonet")]))
    after = read(save(tmp_path / "b", run(), [one()]))

    found = compare(before, after)

    assert found.differences == 0
    assert any("kihonet" in note for note in found.notes)
