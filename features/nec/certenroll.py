"""What Windows and Internet Explorer ask the user: dialogs, the root's thumbprint, files, the browser's settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pytest_bdd import given, parsers, then, when

from pages.dialect import Dialect, has_any, plain
from pages.keys import Download
from pages.letters import beside
from sekisho.certenroll import Computer, Control, InternetOptions, User
from sekisho.certenroll.errors import ComError
from sekisho.certenroll.prompts import MESSAGE, ROOT_LACKING
from sekisho.certenroll.wizard import import_personal, opened, thumbprint
from sekisho.certstore import CertStore
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.mail.letters import Letter
from sekisho.person.holdings import Holdings
from sekisho.pki.pkcs12 import ImportRefusedError, facts
from sekisho.portal import Portal
from sekisho.results import Note
from sekisho.verdict import DeviationError, require
from steps.services import origin

from .legacy import take_root
from .legacy_screens import LegacySite

CONCEPT = "Windows と Internet Explorer の確認画面"

SETTINGS = {
    "信頼済みサイト": "trusted_sites",
    "ActiveXコントロール": "ask_about_unmarked",
    "保護モード": "protected_mode",
}
NAMES = {"ルート証明書の確認": "セキュリティ警告", "通知バー": "通知バー"}
ABOUT = {"root_missing": ROOT_LACKING}


@given("管理者がコントロールの実行を禁じているパソコンがある")
def _(internet_options: InternetOptions) -> None:
    internet_options.locked_down = True


@when(parsers.parse("「{dialog}」には「{button}」と答えることにする"))
def _(user: User, dialog: str, button: str) -> None:
    user.decide(NAMES.get(dialog, dialog), button)


@when("保存したルート証明書をウィザードで「信頼されたルート証明機関」に取り込む")
def _(computer: Computer, download: Download) -> None:
    take_root(computer, download)


@when("手順どおりにルート証明書を取り込む")
def _(
    legacy_site: LegacySite,
    downloads: Path,
    computer: Computer,
    letter: Letter,
    dialect: Dialect,
    evidence: Recorder,
) -> None:
    file = legacy_site.save_root(downloads)
    compare(file, letter, dialect, evidence)
    take_root(computer, file)


@when("保存したクライアント証明書を「個人」に取り込む")
def _(computer: Computer, client_file: Download, holdings: Holdings) -> None:
    try:
        import_personal(computer, client_file.path)
    except (ImportRefusedError, ComError) as error:
        raise DeviationError(
            say(
                f"保存したファイル {client_file.name} を証明書として取り込めない: {error}",
                f"The saved file {client_file.name} cannot be imported as a certificate: {error}",
            )
        ) from error
    holdings.notice()


@when("ポータルを信頼済みサイトに加える")
def _(internet_options: InternetOptions, portal: Portal) -> None:
    internet_options.trusted_sites.add(origin(portal.sites["enrol"]))


@when("安全だとマークされていないActiveXコントロールに「ダイアログを表示する」を選ぶ")
def _(internet_options: InternetOptions) -> None:
    internet_options.ask_about_unmarked = True


@when("保護モードを無効にする")
def _(internet_options: InternetOptions) -> None:
    internet_options.protected_mode = False


@when("証明書発行のためのブラウザの設定を済ませる")
def _(internet_options: InternetOptions, portal: Portal) -> None:
    internet_options.trusted_sites.add(origin(portal.sites["enrol"]))
    internet_options.ask_about_unmarked = True
    internet_options.protected_mode = False


@when(parsers.parse("証明書発行のためのブラウザの設定を「{left_out}」を除いて済ませる"))
def _(internet_options: InternetOptions, portal: Portal, left_out: str) -> None:
    left = SETTINGS[left_out]
    if left != "trusted_sites":
        internet_options.trusted_sites.add(origin(portal.sites["enrol"]))
    internet_options.ask_about_unmarked = left != "ask_about_unmarked"
    internet_options.protected_mode = left == "protected_mode"


@then("保存したルート証明書の名前と拇印は書面と同じである")
def _(download: Download, letter: Letter, dialect: Dialect, evidence: Recorder) -> None:
    compare(download, letter, dialect, evidence)


@then(parsers.parse("「{title}」のダイアログで「{button}」を押した"))
def _(user: User, control: Control, title: str, button: str) -> None:
    if title not in [one.title for one in user.prompts]:
        control.check_came()
    check_prompt(user, title, button)


@then(parsers.parse("「{title}」のダイアログは出なかった"))
def _(user: User, title: str) -> None:
    require(
        title not in [one.title for one in user.prompts],
        say(f"「{title}」のダイアログが出た", f'The dialog "{title}" appeared'),
    )


@then(parsers.parse("「{title}」のダイアログが出たのは{count:d}回である"))
def _(user: User, title: str, count: int) -> None:
    shown = [one.title for one in user.prompts].count(title)
    require(
        shown == count,
        say(f"「{title}」のダイアログが {shown} 回出た", f'How often the dialog "{title}" appeared: {shown}'),
    )


@then(parsers.parse("ポータルは「{words}」と知らせた"))
def _(user: User, dialect: Dialect, evidence: Recorder, words: str) -> None:
    name = dialect.named("messages", words)
    boxes = (one for one in user.read if one.title == MESSAGE)
    told = [one.text for one in boxes if name not in ABOUT or one.about == ABOUT[name]]
    if not says(dialect, name, told):
        others = dialect.sections["messages"].keys() - {name}
        known = any(says(dialect, other, told) for other in others)
        key = dialect.key(("messages", name))
        require(
            told and not known,
            say(
                f"「{words}」と知らされなかった（{'、'.join(told) or '知らせなし'}）。{key}",
                f'"{words}" was not told ({", ".join(told) or "nothing was"}). {key}',
            ),
        )
        evidence.warning(
            say(
                f"「{words}」の代わりに「{'、'.join(told)}」と知らされた。{key}",
                f'Instead of "{words}" it told "{", ".join(told)}". {key}',
            )
        )


@then(parsers.parse("信頼されたルート証明機関に「{name}」がある"))
def _(store: CertStore, name: str) -> None:
    names = [root.subject_cn for root in store.trusted_roots()]
    require(
        name in names, say(f"信頼されたルート証明機関に「{name}」が無い", f'The trusted root authorities lack "{name}"')
    )


@then(parsers.parse("信頼されたルート証明機関に「{name}」は無い"))
def _(store: CertStore, name: str) -> None:
    names = [root.subject_cn for root in store.trusted_roots()]
    require(
        name not in names,
        say(f"信頼されたルート証明機関に「{name}」がある", f'The trusted root authorities have "{name}"'),
    )


def compare(file: Download, letter: Letter, dialect: Dialect, evidence: Recorder) -> None:
    """Raise DeviationError unless a root's file shows what the paper says."""
    try:
        root = opened(file.path)
    except ImportRefusedError as error:
        raise DeviationError(
            say(
                f"ルートCA証明書のファイル {file.name} を開けない: {error}",
                f"The file {file.name} of the root CA certificate cannot be opened: {error}",
            )
        ) from error
    evidence.add(facts(root, say("ルートCA証明書", "Root CA certificate")))
    shown = {"root_name": facts(root).subject_cn, "root_thumbprint": thumbprint(root)}
    evidence.add(Note(title=say("ルートCA証明書の確認", "Root CA certificate checked"), lines=list(shown.values())))
    for name, value in shown.items():
        wanted = beside(letter, dialect, name)
        require(
            plain(value) == plain(wanted),
            say(
                f"ルートCA証明書が「{value}」で、書面の「{wanted}」と違う",
                f'The root CA certificate has "{value}", and the letter "{wanted}"',
            ),
        )


def says(dialect: Dialect, message: str, told: Sequence[str]) -> bool:
    """Whether one of some boxes says a message of the dialect."""
    return any(has_any(text, dialect.words("messages", message)) for text in told)


def check_prompt(user: User, title: str, button: str) -> None:
    """Raise DeviationError unless a dialog came and got this answer."""
    pressed = [one.pressed for one in user.prompts if one.title == title]
    require(pressed, say(f"「{title}」のダイアログが出なかった", f'The dialog "{title}" did not appear'))
    shown = say("、", ", ").join(pressed)
    require(
        button in [one.partition("(")[0] for one in pressed],
        say(f"「{title}」のダイアログで押したのは「{shown}」である", f'In the dialog "{title}", "{shown}" was pressed'),
    )
