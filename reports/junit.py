"""JUnit XML, as continuous integration servers read it: one suite per procedure, one case per scenario."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree as ET

from reports import gap_notes
from reports.reading import Results
from reports.wording import verdict_name, word
from sekisho.machine import files
from sekisho.manual.titles import titled
from sekisho.results import Scenario
from sekisho.verdict import Verdict
from sekisho.visible import visible

ELEMENT = {
    Verdict.FAIL: "failure",
    Verdict.UNEXPECTED_PASS: "failure",
    Verdict.ERROR: "error",
    Verdict.KNOWN_GAP: "skipped",
    Verdict.BLOCKED: "skipped",
    Verdict.WAITING: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.NOT_REACHED: "skipped",
}
COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def write(results: Results) -> Path:
    """Write junit.xml into a run's folder."""
    document = _document(results)
    ET.indent(document)
    return files.write(results.folder / "junit.xml", ET.tostring(document, encoding="utf-8", xml_declaration=True))


def _document(results: Results) -> ET.Element:
    suites = defaultdict(list)
    for scenario in results.scenarios:
        suites[scenario.manual, scenario.procedure].append(scenario)
    root = ET.Element("testsuites", name=visible(f"sekisho {results.run.id}"))
    for (manual, procedure), scenarios in suites.items():
        root.append(_suite(f"{manual} {procedure}", scenarios, results))
    if results.unreadable:
        root.append(_unreadable(results))
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.attrib[key]) for suite in root)))
    root.set("time", f"{sum(float(suite.attrib['time']) for suite in root):.3f}")
    return root


def _suite(name: str, scenarios: list[Scenario], results: Results) -> ET.Element:
    elements = [ELEMENT.get(scenario.verdict) for scenario in scenarios]
    counts: dict[str, str] = {counted: str(elements.count(element)) for element, counted in COUNTED.items()}
    started = min(scenario.started for scenario in scenarios).astimezone(UTC)
    suite = ET.Element(
        "testsuite",
        {"name": visible(name), "tests": str(len(scenarios))} | counts,
        time=f"{sum(scenario.seconds for scenario in scenarios):.3f}",
        timestamp=f"{started:%Y-%m-%dT%H:%M:%S}",
        hostname=visible(results.run.machine),
    )
    suite.append(_properties(results))
    suite.extend(_case(scenario, name) for scenario in scenarios)
    return suite


def _properties(results: Results) -> ET.Element:
    run = results.run
    facts = {
        "target": run.target,
        "browser": run.browser,
        "certs": run.certs,
        "sekisho": run.version,
        "interrupted": "false" if run.finished else "true",
        **{name: value for name, value in _more(results).items() if value},
    }
    properties = ET.Element("properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", name=name, value=visible(value))
    return properties


def _more(results: Results) -> dict[str, str]:
    """What only some runs have to say."""
    run, product = results.run, results.run.product
    return {
        "product": f"{product.name} {product.version}".strip() if product else "",
        "shard": run.shard,
        "stopped": run.stopped,
    }


def _case(scenario: Scenario, suite: str) -> ET.Element:
    name = titled(scenario.name, scenario.example, scenario.attempt)
    case = ET.Element("testcase", classname=visible(suite), name=visible(name), time=f"{scenario.seconds:.3f}")
    if scenario.beyond:
        properties = ET.SubElement(case, "properties")
        ET.SubElement(properties, "property", name="beyond_manual", value=word("beyond"))
    if element := ELEMENT.get(scenario.verdict):
        case.append(_problem(element, scenario))
    warned = "".join(f"{step.reason}\n" for step in scenario.steps if step.verdict is Verdict.WARNING and step.beyond)
    said = f"ids: {' '.join(scenario.ids)}\nrepeat: {scenario.repeat}\n{warned}"
    ET.SubElement(case, "system-out").text = visible(said)
    return case


def _problem(element: str, scenario: Scenario) -> ET.Element:
    failure = scenario.failure
    reasons = [step.reason for step in scenario.steps if step.reason]
    message = failure.portal_did if failure else " / ".join(reasons) or verdict_name(scenario.verdict)
    message = f"{gap_notes.told(scenario)} {message}" if scenario.gap else message
    problem = ET.Element(element, type=scenario.verdict.value, message=visible(message))
    if failure:
        problem.text = visible(
            f"Requirement: {' '.join(failure.requirement)}\nManual says: {failure.manual_says}\n"
            f"Portal did: {failure.portal_did}\nStep: {failure.step}\n{failure.detail}"
        )
    return problem


def _unreadable(results: Results) -> ET.Element:
    """Result files that could not be read: an error each, so that no server takes the run for green."""
    count = str(len(results.unreadable))
    suite = ET.Element(
        "testsuite", name="result files", tests=count, failures="0", errors=count, skipped="0", time="0.000"
    )
    for one in results.unreadable:
        case = ET.SubElement(suite, "testcase", classname="result files", name=visible(one.file), time="0.000")
        ET.SubElement(case, "error", type="UNREADABLE", message=visible(one.problem))
    return suite
