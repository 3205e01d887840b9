"""The workflow and the manifests that are there to be copied: well formed, and what they run runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]  # ships no types
import pytest
import typer
import yaml

from sekisho.cli.app import app
from sekisho.results import read_run, read_scenarios

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
TEXTS = [*WORKFLOWS, *MANIFESTS, ROOT / "deploy" / "Dockerfile", ROOT / "docs" / "ci.md"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_the_workflows_are_what_github_accepts(path: Path) -> None:
    """By GitHub's published schema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_the_manifests_are_what_kubernetes_accepts(path: Path) -> None:
    """By the API's schema, without unknown fields."""
    kubernetes_validate.validate(manifest(path.name), kubernetes_validate.latest_version(), strict=True)


def test_the_judge_of_manifests_is_not_blind() -> None:
    """A mistyped field is refused."""
    broken = manifest("run.yaml")
    broken["spec"]["completionsMode"] = broken["spec"].pop("completionMode")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists(path: Path) -> None:
    """Commands and options of sekisho, wherever they are to be copied from."""
    group: Any = typer.main.get_command(app)
    for name, options in shown(path.read_text("utf-8")):
        known = {option for one in group.commands[name].params for option in (*one.opts, *one.secondary_opts)}
        assert set(options) <= known | {"--help"}, name


def shown(text: str) -> list[tuple[str, list[str]]]:
    """The commands in a text, each with its options."""
    names = "run|explore|merge|doctor|report|coverage|list|check|certify|verify"
    found = re.findall(rf"(?:(?<![\w/:.-])|\bbin/)sekisho ({names})\b([^`\n|]*)", text)
    return [(name, re.findall(r"(?<!\w)--[a-z]+(?:-[a-z]+)*", rest)) for name, rest in found]


def test_every_goal_of_make_that_is_shown_exists() -> None:
    """In the workflows, the image, the documents, and from one script to another."""
    goals = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    scripts = [path for path in sorted((ROOT / "scripts").rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    shown_goals = {
        goal
        for path in (*TEXTS, *scripts, *ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / ".ci" / "run")
        for goal in re.findall(r"(?m)(?:^ *(?:- run: )?|`|')make ([a-z]+)", path.read_text("utf-8"))
    }
    assert {"run", "test", "matrix"} <= shown_goals <= goals


def test_the_nightly_run_has_every_python_that_is_supported() -> None:
    """From the first that pyproject.toml allows to the one of Debian's newest release."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "nightly.yml").read_text("utf-8"))
    first = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    pythons = workflow["jobs"]["pythons"]["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == first
    assert pythons == ["3.11", "3.12", "3.13"]


def test_shards_are_as_many_as_pods() -> None:
    """The number stands twice."""
    spec = manifest("run.yaml")["spec"]
    assert environment("run.yaml")["SHARDS"] == str(spec["completions"]) == str(spec["parallelism"])


def test_shards_of_the_workflow_are_as_many_as_its_jobs() -> None:
    """There, too."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "nightly.yml").read_text("utf-8"))
    shards = workflow["jobs"]["run"]["strategy"]["matrix"]["shard"]
    (step,) = [one for one in workflow["jobs"]["run"]["steps"] if "SHARD" in one.get("env", {})]
    assert shards == list(range(1, len(shards) + 1))
    assert step["env"]["SHARD"] == f"${{{{ matrix.shard }}}}/{len(shards)}"
    explored = workflow["jobs"]["explore"]
    (command,) = [one["run"] for one in explored["steps"] if "sekisho explore" in one.get("run", "")]
    parts = explored["strategy"]["matrix"]["shard"]
    assert parts == list(range(1, len(parts) + 1))
    assert f"--shard ${{{{ matrix.shard }}}}/{len(parts)} " in command


def test_the_pods_commands_end_in_one_report(tmp_path: Path) -> None:
    """Two pods as Kubernetes would start them, the second twice, then the pod that joins them."""
    given = {"RESULTS": str(tmp_path), "SHARDS": "2", "OPTIONS": "--manual danshin --select DAN-FAQ-07 --jobs 1"}
    for index in ("0", "1", "1"):
        carry_out("run.yaml", {**given, "JOB_COMPLETION_INDEX": index})
    carry_out("merge.yaml", {"RESULTS": str(tmp_path)})

    whole = tmp_path / "run-1" / "whole"
    assert len(read_scenarios(whole)) == 1
    assert (read_run(whole).shard, read_run(whole).stopped) == ("", "")
    assert (whole / "report.html").is_file()
    assert len(list((tmp_path / "history").glob("*.jsonl"))) == 1
    assert sorted(path.name for path in (tmp_path / "run-1").iterdir()) == ["shard-0", "shard-1", "whole"]


def test_a_pod_whose_run_could_not_begin_fails_so_that_it_is_tried_again(tmp_path: Path) -> None:
    """Exit code 2 or 3 is no verdict."""
    given = {"RESULTS": str(tmp_path), "OPTIONS": "--target nowhere.toml", "JOB_COMPLETION_INDEX": "0"}
    assert "nowhere.toml" in carry_out("run.yaml", given, code=2)
    assert list(tmp_path.iterdir()) == []


def carry_out(name: str, changes: dict[str, str], code: int = 0) -> str:
    """What a pod's container does, here; gives what it printed."""
    (container,) = manifest(name)["spec"]["template"]["spec"]["containers"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*container["command"], *container["args"]],
        env={**os.environ, **environment(name), **changes, "PATH": path, "CI": "true"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    assert done.returncode == code, shlex.join(container["command"]) + done.stdout + done.stderr
    return done.stdout + done.stderr


def environment(name: str) -> dict[str, str]:
    """The variables that a manifest gives its container."""
    (container,) = manifest(name)["spec"]["template"]["spec"]["containers"]
    return {one["name"]: one["value"] for one in container["env"]}


def manifest(name: str) -> dict[str, Any]:
    """One of the manifests."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "kubernetes" / name).read_text("utf-8"))
    return found
