"""The project's own tools, which people start by `python -m …` or as a script: they say what they are for."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STARTED_BY_PROGRAMS = {"one_pc.py", "nursery.py", "relay.py", "telephone.py"}
TOOLS = sorted(
    path.relative_to(ROOT)
    for folder in ("bench", "scripts", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if path.name not in STARTED_BY_PROGRAMS and '\nif __name__ == "__main__":' in path.read_text("utf-8")
)


def started(tool: Path) -> None:
    """Do what Python does for it."""
    if tool.parts[0] == "scripts":
        runpy.run_path(str(ROOT / tool), run_name="__main__")
    else:
        runpy.run_module(".".join(tool.with_suffix("").parts), run_name="__main__")


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")  # another test has imported it
@pytest.mark.parametrize("tool", TOOLS, ids=str)
def test_a_tool_explains_itself_and_does_nothing_else(
    tool: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Some took `--help` for a folder, a run or a defect; others did their work, which wrote into the tree."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [str(ROOT / tool), "--help"])
    with pytest.raises(SystemExit) as ended:
        started(tool)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ")
    assert list(tmp_path.iterdir()) == []
