"""A target file to start from: the sites and words of a manual, and the accounts that its scenarios need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from sekisho.language import say
from sekisho.layout import document
from sekisho.machine.toml_text import value as toml
from sekisho.manual.dialects import sections
from sekisho.manual.facts import LETTER
from sekisho.manual.folders import named
from sekisho.target_file.described import Described
from sekisho.target_file.entries import account_of, given, keys, reissued_of
from sekisho.target_file.model import (
    AccountEntry,
    BrowserEntry,
    EvidenceEntry,
    GapEntry,
    IdentityEntry,
    Imap,
    Limits,
    MailSource,
    Operator,
    ProductEntry,
    Target,
)
from sekisho.target_file.needs import needs
from sekisho.target_file.supply import supply

Parts = Iterable[Iterator[str]]


def template(manual: str, *, full: bool = False) -> str:
    """The text of a target file that can be read, for a portal that does not exist.

    It has one user in each state, and as comments those that all scenarios need besides; all of them if `full`.
    """
    entries = supply(needs(manual))
    least = entries if full else _one_of_each_state(entries)
    parts: Parts = (
        _head(manual),
        _sites(manual),
        _mail(),
        _evidence(),
        _browser(),
        _operator(),
        _limits(),
        _gaps(),
        _dialect(manual),
        _accounts(entries, least),
        _every_key(manual),
        _secrets(entries, least),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(manual: str) -> Iterator[str]:
    yield say(
        f"# {manual} の手順書に沿うポータルのターゲットファイル。# で始まる行は説明か、任意の項目です。",
        f"# Target file of a portal that follows the manual {manual}. Lines that begin with # are explanations or "
        "optional keys.",
    )
    yield say(
        "# 相対パスはこのファイルから。秘密（パスワード）は書かず、環境変数か隣の .env に置きます。",
        "# Relative paths begin at this file. Secrets (passwords) are not written here but in environment "
        "variables or in .env beside it.",
    )
    yield say(f"# 詳しくは {document('target.md')}。", f"# More: {document('target.md')}.")
    yield f"manual = {toml(manual)}  # {says(Target, 'manual')}"
    yield say(f'name = "検証環境"  # {says(Target, "name")}', f'name = "Staging"  # {says(Target, "name")}')
    yield f'#hosts = ["login.example.test"]  # {says(Target, "hosts")}'
    yield f'#trust_root = "root.pem"  # {says(Target, "trust_root")}'
    yield ""
    yield f"[product]  # {says(Target, 'product')}"
    yield say(
        f'name = "○○システム"  # {says(ProductEntry, "name")}',
        f'name = "Example System"  # {says(ProductEntry, "name")}',
    )
    yield from (f'#{name} = ""  # {says(ProductEntry, name)}' for name in ("version", "vendor", "manual_version"))


def _sites(manual: str) -> Iterator[str]:
    yield ""
    yield say(
        f"[sites]  # {says(Target, 'sites')}。無いサイトを使うシナリオは実施不能になります",
        f"[sites]  # {says(Target, 'sites')}. Scenarios that use a site that is not here are BLOCKED",
    )
    for name, site in named(manual).about.sites.items():
        yield f'{name} = "https://{name}.example.test/"  # {site.purpose}'


def _mail() -> Iterator[str]:
    yield ""
    yield say(
        f"[mail]  # {says(Target, 'mail')}。maildir、folder、imap のどれか一つ",
        f"[mail]  # {says(Target, 'mail')}: exactly one of maildir, folder and imap",
    )
    yield f'maildir = "Maildir"  # {says(MailSource, "maildir")}'
    yield f'#folder = "mails"  # {says(MailSource, "folder")}'
    yield f"#seconds = 60  # {says(MailSource, 'seconds')}"
    yield f"#lateness_seconds = 5  # {says(MailSource, 'lateness_seconds')}"
    yield f"#[mail.imap]  # {says(MailSource, 'imap')}"
    values = {"host": "imap.example.test", "port": 993, "user": "portal-test", "password_env": "IMAP_PASSWORD"}
    yield from (f"#{name} = {toml(value)}  # {says(Imap, name)}" for name, value in values.items())
    yield say(
        f'#token_env = "IMAP_TOKEN"  # または: {says(Imap, "token_env")}',
        f'#token_env = "IMAP_TOKEN"  # or: {says(Imap, "token_env")}',
    )
    yield say(
        f'#token_command = ["python3", "token.py"]  # または: {says(Imap, "token_command")}',
        f'#token_command = ["python3", "token.py"]  # or: {says(Imap, "token_command")}',
    )
    yield f'#environment = ["OAUTH_CLIENT_SECRET"]  # {says(Imap, "environment")}'
    yield f'#folder = "INBOX"  # {says(Imap, "folder")}'
    yield f'#trust_root = "imap-root.pem"  # {says(Imap, "trust_root")}'


def _evidence() -> Iterator[str]:
    yield ""
    yield f"#[evidence]  # {says(Target, 'evidence')}"
    yield say(
        f'#blacken = ["受付番号 0012345"]  # {says(EvidenceEntry, "blacken")}',
        f'#blacken = ["Receipt 0012345"]  # {says(EvidenceEntry, "blacken")}',
    )
    yield say(
        f'#blacken_beside = ["ワンタイムパスワード"]  # {says(EvidenceEntry, "blacken_beside")}',
        f'#blacken_beside = ["One-time password"]  # {says(EvidenceEntry, "blacken_beside")}',
    )


def _browser() -> Iterator[str]:
    yield ""
    yield f"#[browser]  # {says(Target, 'browser')}"
    yield f'#use = "msedge"  # {says(BrowserEntry, "use")}'


def _operator() -> Iterator[str]:
    yield ""
    yield say(
        f"#[operator]  # {says(Target, 'operator')}。無ければ、要るシナリオは実施不能",
        f"#[operator]  # {says(Target, 'operator')}. Without it, scenarios that need it are BLOCKED",
    )
    yield f'#command = ["python3", "desk.py"]  # {says(Operator, "command")}'
    yield f'#environment = ["DESK_TOKEN"]  # {says(Operator, "environment")}'
    yield f"#ask = true  # {says(Operator, 'ask')}"
    yield f"#minutes = 10  # {says(Operator, 'minutes')}"


def _limits() -> Iterator[str]:
    yield ""
    yield f"#[limits]  # {says(Target, 'limits')}"
    yield f"#pause_seconds = 1  # {says(Limits, 'pause_seconds')}"
    yield f"#processing_seconds = 120  # {says(Limits, 'processing_seconds')}"
    yield f'#background = ["/keepalive"]  # {says(Limits, "background")}'
    yield f"#beyond_manual = false  # {says(Limits, 'beyond_manual')}"
    yield f"#hand_over_minutes = 30  # {says(Limits, 'hand_over_minutes')}"


def _gaps() -> Iterator[str]:
    yield ""
    yield f"#[[gaps]]  # {says(Target, 'gaps')}"
    values = {
        "requirement": say("項番", "ROW-01"),
        "reason": say("次の版で直す", "mended in the next version"),
        "until": "2027-03-31",
    }
    for name, value in values.items():
        yield f"#{name} = {value if name == 'until' else toml(value)}  # {says(GapEntry, name)}"
    yield f'#browser = "msedge"  # {says(GapEntry, "browser")}'
    yield f'#versions = ">=120, <131"  # {says(GapEntry, "versions")}'


def _dialect(manual: str) -> Iterator[str]:
    yield ""
    yield say(
        "# 画面の言葉が手順書と違うところだけ、# を外して書き換えます（空白、全角半角、長音の違いは気にしません）。",
        "# Where the portal's words differ from the manual's, remove the # and rewrite them (spaces, full and half "
        "width and long vowels do not matter).",
    )
    yield say(
        "# [dialect.messages] は文の一部で足ります。ほかは、見出しやボタンの言葉の全体です。",
        "# In [dialect.messages] a part of a sentence is enough, elsewhere it is a heading's or button's whole words.",
    )
    for section, names in sections(manual).items():
        yield f"#[dialect.{section}]"
        yield from (f"#{name} = {toml(words)}" for name, words in names.items())
    yield f"#[locators.buttons]  # {says(Target, 'locators')}"
    yield f"#{next(iter(sections(manual).get('buttons', {'button': []})))} = \"img[src$='button.gif']\""


def _one_of_each_state(entries: list[AccountEntry]) -> list[AccountEntry]:
    """The plainest user in each state, in the order of the states' first users."""
    states = dict.fromkeys(one.state for one in entries)
    return [min((one for one in entries if one.state == state), key=lambda one: len(one.traits)) for state in states]


def _accounts(entries: list[AccountEntry], least: list[AccountEntry]) -> Iterator[str]:
    yield ""
    yield say(
        f"# {says(Target, 'accounts')}。状態ごとに 1 件あれば、試験を始められます。",
        f"# {says(Target, 'accounts')}. One in each state is enough to begin.",
    )
    yield say(
        f"# 全部のシナリオを一度ずつ行うには、{len(entries)} 件要ります。",
        f"# To carry out every scenario once takes {len(entries)} of them.",
    )
    yield say(
        "# 足りなければ、要るシナリオが実施不能になるだけで、sekisho check がどれかを示します。",
        "# With fewer, only the scenarios that need them are BLOCKED: sekisho check says which.",
    )
    yield say(
        "# days_left（有効期限までの日数）は、書かなければ PKCS#12 から実行の日に読み取ります。",
        "# days_left (days until the certificate expires) is read from the PKCS#12 file on the day of the run if "
        "it is not written.",
    )
    if any(getattr(entry, LETTER, "") for entry in entries):
        yield say(
            "# letter は、書面を写した HTML です。見出しと値の並ぶ表から読みます（[dialect.letter] の見出し）。",
            "# letter is the letter as HTML: tables with a heading ([dialect.letter]) and a value in each row.",
        )
    for entry in least:
        yield from _account(entry)
    if rest := [one for one in entries if one not in least]:
        yield ""
        yield say(
            f"# 次の {len(rest)} 件も # を外して埋めると、全部のシナリオを行えます。",
            f"# With these {len(rest)} more filled in, without their #, every scenario can be carried out.",
        )
        yield from (f"#{line}" if line else "" for entry in rest for line in _account(entry))


def _account(entry: AccountEntry) -> Iterator[str]:
    yield ""
    yield "[[accounts]]"
    said = entry.model_dump(mode="json", exclude_defaults=True)
    yield from (f"{name} = {toml(said[name])}" for name in keys(type(entry)) if name in said)


def _every_key(manual: str) -> Iterator[str]:
    """What can be said of a user, by an example that is no user."""
    yield ""
    yield say("# 利用者に書ける項目のすべて:", "# Every key that a user can have:")
    entry = account_of(manual)
    yield from (f"#   {name}: {says(entry, name)}" for name in keys(entry))
    for name, model in (("identities", IdentityEntry), ("reissued", reissued_of(entry))):
        yield say(f"# {name} の中の項目:", f"# Keys in {name}:")
        yield from (f"#   {one}: {says(model, one)}" for one in model.model_fields)


def _secrets(entries: list[AccountEntry], least: list[AccountEntry]) -> Iterator[str]:
    wanted, more = _variables(least), _variables(entries)
    yield ""
    yield say("# 隣の .env に書く秘密:", "# Secrets to write in .env beside this file:")
    yield from (f"#   {name}=" for name in wanted)
    if rest := [name for name in more if name not in wanted]:
        yield say("# 全部のシナリオを行うとき:", "# To carry out every scenario:")
        yield from (f"#   {name}=" for name in rest)


def _variables(entries: list[AccountEntry]) -> list[str]:
    return list(dict.fromkeys(variable for one in entries for variable in variables(one)))


def variables(entry: AccountEntry) -> list[str]:
    """The environment variables that an account's secrets are in."""
    own = (variable for fact, variable in given(entry) if fact.secret)
    every = (entry.login_password_env, *own, *(one.password_env for one in entry.identities))
    return list(filter(None, every))


def says(model: type[BaseModel], field: str) -> str:
    """What the model says of one of its fields."""
    said = model.model_fields[field].description
    return said.words if isinstance(said, Described) else said or ""
