"""Environment variables: what sekisho starts gets those on a list, and no secret that was put there for sekisho.

`seal` takes all others out of this process's environment, so that nothing that is started later has to be thought of:
the browser, its driver, the mock, the tools of the store, programs of the target file. What was taken out is kept here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

# How the system and its programs are found and speak, and how the network is reached.
SYSTEM = frozenset(
    [
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "SHELL",
        "TERM",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "TMP",
        "TEMP",
        "LD_LIBRARY_PATH",
        "DISPLAY",
        "XAUTHORITY",
        "WAYLAND_DISPLAY",
        "FONTCONFIG_FILE",
        "FONTCONFIG_PATH",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "NODE_EXTRA_CA_CERTS",
        "COLUMNS",
        "LINES",
        "NO_COLOR",
        "FORCE_COLOR",
        "CI",
        "VIRTUAL_ENV",
        "UV",
        "UV_RUN_RECURSION_DEPTH",
        "__CF_USER_TEXT_ENCODING",
    ]
)
NETWORK = frozenset(["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"])
WINDOWS = frozenset(
    [
        "SYSTEMROOT",
        "SYSTEMDRIVE",
        "WINDIR",
        "COMSPEC",
        "PATHEXT",
        "APPDATA",
        "LOCALAPPDATA",
        "PROGRAMDATA",
        "PROGRAMFILES",
        "PROGRAMFILES(X86)",
        "PROGRAMW6432",
        "USERPROFILE",
        "USERNAME",
        "USERDOMAIN",
        "HOMEDRIVE",
        "HOMEPATH",
        "OS",
        "NUMBER_OF_PROCESSORS",
        "PROCESSOR_ARCHITECTURE",
    ]
)
PROGRAMS = frozenset(
    [
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONUTF8",
        "PYTHONIOENCODING",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHASHSEED",
        "PLAYWRIGHT_BROWSERS_PATH",
        "PLAYWRIGHT_NODEJS_PATH",
        "DEBUG",
        "JAVA_HOME",
    ]
)
OWN = frozenset(["SEKISHO_COMMAND", "SEKISHO_LANG", "SEKISHO_TRACEBACK", "SEKISHO_TEST_MARK", "SEKISHO_TEST_KEYS"])
FAMILIES = ("LC_", "XDG_", "PYTEST_")

_kept: dict[str, str] = {}


def passes(name: str) -> bool:
    """Whether a variable is handed to what sekisho starts."""
    return (
        name in SYSTEM | WINDOWS | PROGRAMS | OWN
        or name.upper() in NETWORK  # programs read these in lower case
        or name.startswith(FAMILIES)
    )


def seal() -> None:
    """Take everything else out of this process's environment, and keep it for `value`."""
    for name in [one for one in os.environ if not passes(one)]:
        _kept[name] = os.environ.pop(name)


def value(name: str) -> str | None:
    """What a variable said when this process was started, or says now."""
    return os.environ.get(name, _kept.get(name))


def kept() -> dict[str, str]:
    """What was taken out, for a process of sekisho's own that is to know it too."""
    return dict(_kept)


def keep(given: Mapping[str, str]) -> None:
    """Know what another process of sekisho's took out of its environment."""
    _kept.update(given)


def passed_on() -> dict[str, str]:
    """The variables for a program, whether this process was sealed or not."""
    return {name: text for name, text in os.environ.items() if passes(name)}
