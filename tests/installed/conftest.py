"""sekisho as somebody has it who has no checkout: a wheel in an environment that has nothing else."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import sekisho
from sekisho.machine.remedies import uv

TOP = Path(__file__).resolve().parents[2]
# What a checkout and `uv run` set; nobody has it who calls what was installed.
OURS = ("SEKISHO_COMMAND", "UV_RUN_RECURSION_DEPTH", "VIRTUAL_ENV", "PYTHONPATH", "PYTEST_ADDOPTS", "PYTEST_PLUGINS")
UV = str(Path(uv()).absolute())
ONLY_READ = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'
APART = ("unshare", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user",)), "sh", "-c", ONLY_READ, "sh")

Run = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Environment:
    """A Python environment into which a wheel was installed."""

    folder: Path

    @property
    def packages(self) -> Path:
        """Its site-packages."""
        return next((self.folder / "lib").glob("python*/site-packages"))

    def __call__(self, folder: Path, program: str, *arguments: str, only_read: bool = False, **more: str) -> Run:
        """Run one of its programs in a folder to its end; `only_read`: nothing in the environment can be written."""
        command = [str(self.folder / "bin" / program), *arguments]
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return subprocess.run(
            [*APART, str(self.folder), *command] if only_read else command,
            cwd=folder,
            env={**kept, "PYTHONUTF8": "1", "COLUMNS": "160", **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )


def built(kind: str, source: Path, folder: Path) -> Path:
    """A wheel or sdist of a source folder, built by what pyproject.toml names, without asking the network for it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(folder.iterdir())


def unpacked_source(folder: Path) -> Path:
    """The source distribution of this checkout, unpacked below a folder. Debian 12's `tarfile` knows no filters yet."""
    subprocess.run(["tar", "-xf", built("sdist", TOP, folder / "sdist"), "-C", folder], check=True)
    return folder / f"sekisho-{sekisho.__version__}"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return built("wheel", TOP, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def next_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of version 99.1, whose mock knows a defect by other words."""
    folder = tmp_path_factory.mktemp("next")
    source = unpacked_source(folder)
    _change(source / "pyproject.toml", f'version = "{sekisho.__version__}"', 'version = "99.1"')
    _change(source / "sekisho" / "__init__.py", f'__version__ = "{sekisho.__version__}"', '__version__ = "99.1"')
    _change(source / "mock_ca" / "sites" / "nec" / "defects.py", "警告せずに取り込む", "次の版では取り込む")
    return built("wheel", source, folder / "wheel")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="session")
def new_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], Environment]:
    """Makes an environment of a name with a wheel; the packages that it needs are those that the tests have."""

    def make(name: str, wheel: Path) -> Environment:
        made = _environment(tmp_path_factory.mktemp("環境 の") / name)
        _install(made, "--no-deps", wheel)
        (made.packages / "others.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
        compileall.compile_dir(made.packages / "sekisho", quiet=1)  # as pip does
        return made

    return make


@pytest.fixture(scope="session")
def installed(new_environment: Callable[[str, Path], Environment], wheel: Path) -> Environment:
    """The wheel in an environment whose path has spaces and Japanese."""
    return new_environment("関所 1", wheel)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Environment:
    """The wheel in an environment that has nothing else than what it needs, of the versions in uv.lock."""
    folder = tmp_path_factory.mktemp("fresh")
    wanted = folder / "requirements.txt"
    export: list[str | Path] = [
        "--project",
        TOP,
        "--frozen",
        "--no-dev",
        "--no-emit-project",
        "--quiet",
        "--output-file",
        wanted,
    ]
    subprocess.run([UV, "export", *export], check=True, capture_output=True)
    made = _environment(folder / "environment")
    _install(made, "--requirements", wanted)
    _install(made, "--no-deps", wheel)
    return made


def _environment(folder: Path) -> Environment:
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    return Environment(folder)


def _install(environment: Environment, *what: str | Path) -> None:
    subprocess.run([UV, "pip", "install", "--quiet", "--python", environment.folder, *what], check=True)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing is, with spaces and Japanese in its path."""
    folder = tmp_path / "空の フォルダー"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def read_only_possible(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where this user may not make a folder read-only for a process."""
    folder = tmp_path_factory.mktemp("read-only")
    tried = subprocess.run([*APART, folder, "touch", folder / "file"], capture_output=True, check=False)
    if not shutil.which("unshare") or (folder / "file").exists() or b"Read-only" not in tried.stderr:
        pytest.skip(f"nothing can be mounted here: {tried.stderr.decode().strip()}")
