"""What a package says twice must be the same, even where its signer signed both."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from reports.package import content, dsse, paper_text, statement
from reports.package.archive import LONGEST_PART, ArchiveError, pack, unpack
from reports.package.verify import Verification, verify
from sekisho.verdict import ConfigurationProblemError

from .conftest import Authority, Made, Make, failed

Write = Callable[..., Path]
Content = dict[str, Any]


def signed_wrong(
    made: Made, changes: dict[str, bytes | None] | None = None, edit: Callable[[Content], object] = lambda _: None
) -> bytes:
    """A package with other files, sums and digests that fit them, and an edited statement, all signed by its signer."""
    changes = changes or {}
    files = {name: data for name, data in (made.files | changes).items() if data is not None}
    if changes.keys() - {content.SUMS, content.STATEMENT}:
        files.setdefault(content.SUMS, b"")
        files[content.SUMS] = changes.get(content.SUMS) or content.sums(content.summed(files))
    told: Content = json.loads(dsse.read(files.pop(content.ATTESTATION)).payload)
    told["subject"] = [{"name": name, "digest": {"sha256": statement.digest(files[name])}} for name in sorted(files)]
    for one in told["predicate"]["configuration"]:
        one["digest"]["sha256"] = statement.digest(files[one["name"]])
    edit(told)
    payload = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return pack(files | {content.ATTESTATION: dsse.seal(payload, made.key)})


def checked(made: Made, package: bytes, on_disk: Write) -> Verification:
    """With the right key."""
    return verify(on_disk(package), made.key.public_key(), [])


def noted(told: Content) -> Content:
    """What the statement says of the run."""
    found: Content = told["predicate"]["configuration"][0]["annotations"]
    return found


def test_a_package_agrees_with_itself(make: Make, on_disk: Write) -> None:
    """Also one that was put together again from its parts."""
    made = make(failed())
    payloads = [dsse.read(one[content.ATTESTATION]).payload for one in (made.files, unpack(signed_wrong(made)))]
    assert payloads[0] == payloads[1]
    found = checked(made, made.package, on_disk)
    assert found.problems == []
    assert ["statement.pdf の文字" in hint for hint in found.hints] == [True]  # these tests print none


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("target", "https://other.example"),
        ("conclusion", "CONFORMANT"),
        ("manuals", ["obn"]),
        ("browser", "chrome 1"),
        ("finished", ""),
        ("product", {"name": "別の製品", "version": "9", "vendor": "", "manual_version": ""}),
        ("knownGaps", []),
        ("blocked", ["danshin-01"]),
        ("target", None),
    ],
)
def test_an_annotation_that_the_results_do_not_bear_is_named(
    make: Make, on_disk: Write, key: str, value: object
) -> None:
    """Target, conclusion, counts; changed or left out."""
    made = make(failed())

    def edit(told: Content) -> None:
        noted(told)[key] = value
        if value is None:
            del noted(told)[key]

    assert f"署名された configuration.{key} が" in "\n".join(
        checked(made, signed_wrong(made, edit=edit), on_disk).problems
    )


def test_an_annotation_of_a_later_version_is_no_problem_and_is_said(make: Make, on_disk: Write) -> None:
    """Nobody has compared it."""
    made = make()
    package = signed_wrong(made, edit=lambda told: noted(told).update(colour="red"))
    found = checked(made, package, on_disk)
    assert found.problems == []
    assert any("colour" in hint for hint in found.hints)


@pytest.mark.parametrize(
    "edit",
    [
        lambda told: noted(told).update(certified="2026-11-21T09:00:00"),
        lambda told: noted(told).update(certified="2026-11-21"),
        lambda told: noted(told).update(certified=20261121),
        lambda told: noted(told).update(tester="\ud800"),
        lambda told: noted(told).update(seconds=float("nan")),
        lambda told: told.update(more=1),
        lambda told: told["predicate"].update(configuration=[]),
        lambda told: told["predicate"].update(configuration={"0": {"annotations": noted(told)}}),
        lambda told: told["predicate"]["configuration"].pop(),
        lambda told: told["predicate"]["configuration"].append("x"),
        lambda told: told.update(predicate=[["configuration", told["predicate"]["configuration"]]]),
        lambda told: noted(told).update(target={"a": [[[[[]]]]]}),
    ],
    ids=[
        "no zone",
        "no time",
        "a number",
        "surrogate",
        "NaN",
        "more",
        "empty",
        "object",
        "one",
        "three",
        "pairs",
        "deep",
    ],
)
def test_a_statement_of_another_shape_is_found(make: Make, on_disk: Write, edit: Callable[[Content], object]) -> None:
    """With a sentence."""
    made = make()
    assert checked(made, signed_wrong(made, edit=edit), on_disk).problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"predicate":{', b'"predicate":{"result":"FAILED",'),
        (b'"_type":', b'"_type": '),
        (b'"target":"', b'"target":"\\u0041'),
        (b'"tester":"', b'"tester":' + b"9" * 5000 + b',"x":"'),
        (b'"tester":"', b'"tester":' + b"[" * 100_000 + b',"x":"'),
    ],
    ids=["twice", "space", "escape", "long number", "deep"],
)
def test_a_statement_that_is_written_otherwise_is_found(make: Make, on_disk: Write, old: bytes, new: bytes) -> None:
    """Readers differ over what stands there twice."""
    made = make()
    payload = dsse.read(made.files[content.ATTESTATION]).payload
    assert old in payload
    found = checked(made, made.signed_again(payload.replace(old, new, 1)), on_disk)
    assert "署名された内容が" in "\n".join(found.problems)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("report.html", lambda page: page.replace(b'data-verdict="fail"', b'data-verdict="pass"'), "判定が"),
        ("report.html", lambda page: page.replace(b"c-not-conformant", b"c-conformant"), "判定が"),
        ("report.html", lambda page: page.replace(b"<li><b>1</b>", b"<li><b>0</b>"), "判定が"),
        ("report.html", lambda _: b"<p>all is well</p>", "判定が"),
        ("report.html", lambda page: page * 9, "判定が"),
        ("junit.xml", lambda page: page.replace(b"failures=", b"warnings="), "判定が"),
        (
            "junit.xml",
            lambda page: page.replace(b"<failure", b"<skipped").replace(b"</failure", b"</skipped"),
            "判定が",
        ),
        ("junit.xml", lambda _: b"<testsuites", "判定が"),
        ("junit.xml", lambda page: b"<!DOCTYPE x>" + page, "判定が"),
        ("conformance.csv", lambda table: table.replace("非対応".encode(), "対応".encode(), 1), "判定が"),
        ("conformance.csv", lambda _: b"", "判定が"),
        ("scenarios/danshin-01.json", lambda one: one.replace(b"{", b'{"verdict": "FAIL",', 1), "二度"),
        ("run.json", lambda one: one.replace(b"{", b'{"target": "https://other.example",', 1), "二度"),
        (content.SUMS, lambda sums: sums[:-9], "一覧が"),
        ("readme.txt", lambda _: b"everything passed", "挙げられていません"),
        ("pictures/more.jpg", lambda _: b"jpeg", "挙げられていません"),
        ("report.html", lambda _: None, "ありません"),
        ("pictures/one.jpg", lambda _: None, "ありません"),
        (content.STATEMENT, lambda _: None, "ありません"),
    ],
)
def test_a_file_that_the_results_do_not_bear_is_named(
    make: Make, on_disk: Write, name: str, change: Callable[[bytes], bytes | None], words: str
) -> None:
    """Whoever signed it."""
    made = make(failed())
    before = made.files.get(name, b"")
    after = change(before)
    assert before != after
    problems = checked(made, signed_wrong(made, {name: after}), on_disk).problems
    assert [one for one in problems if name in one and words in one]


def test_a_report_in_other_words_with_the_same_figures_is_said(make: Make, on_disk: Write) -> None:
    """As another version writes it."""
    made = make()
    page = made.files["report.html"].replace(b"</main>", b"</main><!-- another version -->")
    found = checked(made, signed_wrong(made, {"report.html": page}), on_disk)
    assert found.problems == []
    assert any("report.html" in hint for hint in found.hints)


def test_the_paper_is_read_and_compared(printed: Made, on_disk: Write) -> None:
    """With the printed one nothing is left unsaid; another run's paper, with other figures, is found."""
    found = checked(printed, printed.package, on_disk)
    assert (found.problems, found.hints) == ([], [])
    scenario = "scenarios/danshin-00.json"
    facts = json.loads(printed.files[scenario])
    warned = json.dumps(facts | {"verdict": "WARNING"}).encode()
    (problem,) = [
        one
        for one in checked(printed, signed_wrong(printed, {scenario: warned}), on_disk).problems
        if content.STATEMENT in one
    ]
    assert "適合（注意） 1 件" in problem


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.4", b"%PDF-1.4\n" + b"[" * 100_000, bytes(range(256))], ids=len)
def test_a_paper_that_is_none_cannot_be_read(pdf: bytes) -> None:
    """That is no exception."""
    assert paper_text.read(pdf) is None


def uses(*oids: x509.ObjectIdentifier) -> x509.ExtendedKeyUsage:
    """An extended key usage."""
    return x509.ExtendedKeyUsage(oids)


FOR_SIGNING = [
    ExtendedKeyUsageOID.CODE_SIGNING,
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
    x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
]
FOR_OTHERS = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.OCSP_SIGNING]


class TestExtendedKeyUsage:
    """What the certificate of a signer, and of an authority above him, may be used for."""

    @pytest.mark.parametrize("oid", FOR_SIGNING, ids=lambda oid: oid.dotted_string)
    def test_a_signers_certificate_signs(self, make: Make, on_disk: Write, oid: x509.ObjectIdentifier) -> None:
        """Beside something else, too."""
        root = Authority()
        both = uses(oid, ExtendedKeyUsageOID.CLIENT_AUTH)
        made = make(certificates=lambda key: [root.issue("試験者", key, extra=both)])
        assert verify(on_disk(made.package), None, [root.certificate]).problems == []

    @pytest.mark.parametrize("oid", FOR_OTHERS, ids=lambda oid: oid.dotted_string)
    def test_another_certificate_does_not(self, make: Make, on_disk: Write, oid: x509.ObjectIdentifier) -> None:
        """It is named, and what it is for."""
        root = Authority()
        made = make(certificates=lambda key: [root.issue("試験者", key, extra=uses(oid))])
        (problem,) = verify(on_disk(made.package), None, [root.certificate]).problems
        assert f"ExtendedKeyUsage は {oid.dotted_string} だけ" in problem

    def test_an_authority_for_servers_issues_no_signers(self, make: Make, on_disk: Write) -> None:
        """Its limit is theirs."""
        root, middle = Authority(), Authority("中間")
        link = root.issue("中間", middle.key.public_key(), ca=True, extra=uses(ExtendedKeyUsageOID.SERVER_AUTH))
        made = make(certificates=lambda key: [middle.issue("試験者", key), link])
        assert "ExtendedKeyUsage" in verify(on_disk(made.package), None, [root.certificate]).problems[0]


@pytest.mark.parametrize(
    "names",
    [["a" * (LONGEST_PART + 1)], ["a/" * 600 + "a"], ["a", "a/b"], ["scenarios", "scenarios/x.json"], ["a//b"], ["a/"]],
    ids=["long", "deep", "both", "a file for a folder", "nothing between", "nothing behind"],
)
def test_a_name_that_no_folder_can_have_is_refused(names: list[str]) -> None:
    """Both when a package is made and when it is read."""
    with pytest.raises(ArchiveError):
        pack(dict.fromkeys(names, b""))


def test_what_is_no_file_is_no_package(tmp_path: Path) -> None:
    """A device would be read for ever, and so would links that lead to each other."""
    for name, leads in (("endless", "/dev/zero"), ("round", "round"), ("gone", "nowhere")):
        (tmp_path / name).symlink_to(leads)
        with pytest.raises(ConfigurationProblemError, match=name):
            verify(tmp_path / name, None, [])
