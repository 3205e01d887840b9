"""What can be wrong with a target file beyond its shape: names that its manual does not know, things said twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sekisho.browser.channels import allowed, is_path
from sekisho.browser.places import NAMES
from sekisho.evidence.masking import SHORTEST
from sekisho.language import Pair, say
from sekisho.machine.explaining import near
from sekisho.manual import accounts, folders
from sekisho.manual.accounts import STATES
from sekisho.manual.dialects import sections
from sekisho.manual.folders import Manual
from sekisho.manual.selection import chosen
from sekisho.network.hosts import is_place
from sekisho.target_file.gap_checks import gap_problems
from sekisho.target_file.model import AccountEntry, Imap, Target
from sekisho.verdict import ConfigurationProblemError
from sekisho.visible import has_letters

PLACES = Pair(
    "login.example.test、login.example.test:8443、http://intra.example.test",
    "login.example.test, login.example.test:8443 or http://intra.example.test",
)


def problems(target: Target, numbers: Sequence[int]) -> Iterator[str]:
    """Each as 'key = value: what is wrong and what is allowed'. `numbers` are the accounts' places in the file."""
    manual = folders.known().get(target.manual)
    if manual is None:
        yield say(
            f"manual = {target.manual!r}: 使えるのは {', '.join(folders.known())} です",
            f"manual = {target.manual!r}: must be one of {', '.join(folders.known())}",
        )
        return
    yield from _unknown("sites", target.sites, manual.about.sites)
    yield from _entries(target)
    yield from _words("dialect", target.manual, target.dialect)
    yield from _words("locators", target.manual, target.locators)
    yield from _accounts(target, numbers, manual)
    for number, gap in enumerate(target.gaps):
        yield from (f"gaps[{number}].{line}" for line in gap_problems(gap, target.manual))
    if target.browser.use and not is_path(target.browser.use) and target.browser.use not in NAMES:
        yield f"browser.use = {target.browser.use!r}: {allowed()}"
    if target.operator.command and target.operator.ask:
        yield say(
            "operator: command と ask は、どちらか一つを書いてください",
            "operator: write either command or ask, not both",
        )
    sources = target.mail.model_dump(exclude_none=True, exclude={"seconds", "lateness_seconds"})
    if len(sources) != 1:
        given = say("、", ", ").join(sources) or say("なし", "none")
        yield say(
            f"mail: maildir、folder、imap のどれか一つを書いてください（書かれているもの: {given}）",
            f"mail: write exactly one of maildir, folder and imap (written: {given})",
        )
    if target.mail.imap:
        yield from _login(target.mail.imap)


def _entries(target: Target) -> Iterator[str]:
    """What is no place, and what is too short to be blackened without blackening all."""
    for number, entry in enumerate(target.hosts):
        if not is_place(entry):
            yield say(
                f"hosts[{number}] = {entry!r}: {PLACES} のように書いてください",
                f"hosts[{number}] = {entry!r}: must be written like {PLACES}",
            )
    for number, word in enumerate(target.evidence.blacken):
        if len(word.strip()) < SHORTEST:
            yield say(
                f"evidence.blacken[{number}]: {SHORTEST} 文字以上を書いてください",
                f"evidence.blacken[{number}]: must have at least {SHORTEST} characters",
            )


def _login(imap: Imap) -> Iterator[str]:
    given = [key for key in ("password_env", "token_env", "token_command") if getattr(imap, key)]
    if len(given) != 1:
        there = say("、", ", ").join(given) or say("なし", "none")
        known = say("password_env、token_env、token_command", "password_env, token_env and token_command")
        yield say(
            f"mail.imap: {known} のどれか一つを書いてください（書かれているもの: {there}）",
            f"mail.imap: write exactly one of {known} (written: {there})",
        )


def _unknown(key: str, given: Mapping[str, object], known: Mapping[str, object]) -> Iterator[str]:
    for name in given:
        if name not in known:
            yield say(
                f"{key}.{name}: 知らない項目です{near(name, known)}", f"{key}.{name}: unknown key{near(name, known)}"
            )


def _words(key: str, manual: str, given: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """The sections and names that the manual's dialect does not have, and words that are none."""
    own = sections(manual)
    yield from _unknown(key, given, own)
    for section, names in given.items():
        if section in own:
            yield from _unknown(f"{key}.{section}", names, own[section])
        for name, words in names.items():
            yield from _unusable(f"{key}.{section}.{name}", words)


def _unusable(key: str, words: object) -> Iterator[str]:
    """Nothing, and words that would seem to stand on any screen."""
    if not words:
        yield say(f"{key}: 空にはできません", f"{key}: must not be empty")
    for one in words if isinstance(words, list) else ():
        if not has_letters(one):
            yield say(
                f"{key}: {one!r} には文字も数字もありません。どの画面にもあることになるので、言葉を書いてください",
                f"{key}: {one!r} has no letter or digit, and would be found on any screen; write words",
            )


def _accounts(target: Target, numbers: Sequence[int], manual: Manual) -> Iterator[str]:
    numbered = list(zip(numbers, target.accounts, strict=True))
    first = {account.user_id: number for number, account in reversed(numbered)}
    traits = dict.fromkeys(name for one in accounts.everything() if not one.by_people for name, _ in one.traits)
    for number, account in numbered:
        key, other = f"accounts[{number}]", first[account.user_id]
        if account.state not in STATES:
            yield say(
                f"{key}.state = {account.state!r}: 使えるのは {', '.join(STATES)} です",
                f"{key}.state = {account.state!r}: must be one of {', '.join(STATES)}",
            )
        if other != number:
            yield say(
                f"{key}.user_id = {account.user_id!r}: accounts[{other}] と同じです",
                f"{key}.user_id = {account.user_id!r}: the same as that of accounts[{other}]",
            )
        asked = say(
            f"性質は、シナリオが手順書の {folders.ACCOUNTS} で求めるものです",
            f"traits are what scenarios ask for in {folders.ACCOUNTS} of the manual",
        )
        yield from (f"{one}{say('。', '. ')}{asked}" for one in _unknown(f"{key}.traits", account.traits, traits))
        yield from _kept(key, account, target.manual)
        yield from _which(key, account, manual.about.accounts.certificates)


def _kept(key: str, account: AccountEntry, manual: str) -> Iterator[str]:
    """Patterns of `scenarios` that mean none of the manual's."""
    for pattern in account.scenarios:
        try:
            chosen([manual], [pattern])
        except ConfigurationProblemError as problem:
            yield f"{key}.scenarios = {pattern!r}: {str(problem).partition(': ')[2]}"


def _which(key: str, account: AccountEntry, known: Sequence[str]) -> Iterator[str]:
    for number, one in enumerate(account.identities):
        if one.which not in known:
            yield say(
                f"{key}.identities[{number}].which = {one.which!r}: 使えるのは {', '.join(known)} です",
                f"{key}.identities[{number}].which = {one.which!r}: must be one of {', '.join(known)}",
            )
