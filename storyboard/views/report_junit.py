"""A report as JUnit's XML, which nearly every CI shows as tests: a test for each file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as xml

from storyboard.codes import Severity
from storyboard.source.diagnostic import Diagnostic, Report
from storyboard.views.wording import printable_lines

_NO_FILE = "project"


def render_report_junit(report: Report, *, files: Iterable[str], folder: str = "") -> str:
    """Return a suite with a test for each of `files` and each that has a finding.

    A test fails by an error; warnings are its output. `folder` is the project's in the repository.
    """
    found: dict[str, list[Diagnostic]] = {folder + file: [] for file in files}
    for finding in report.diagnostics:
        name = _NO_FILE if finding.span is None else folder + finding.span.file
        found.setdefault(name, []).append(finding)
    failed = sum(1 for findings in found.values() if _errors(findings))
    counts = {"tests": str(len(found)), "failures": str(failed)}
    root = xml.Element("testsuites", counts)
    suite = xml.SubElement(root, "testsuite", {"name": "storyboard check", **counts})
    for name, findings in sorted(found.items()):
        _add_test(suite, printable_lines(name), findings)
    xml.indent(root)
    return xml.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _add_test(suite: xml.Element, name: str, findings: Sequence[Diagnostic]) -> None:
    test = xml.SubElement(suite, "testcase", {"classname": "storyboard", "name": name})
    errors = _errors(findings)
    if errors:
        first = f"{errors[0].code}: {printable_lines(errors[0].message)}"
        failure = xml.SubElement(test, "failure", {"type": errors[0].code, "message": first})
        failure.text = _told(errors)
    others = [finding for finding in findings if finding not in errors]
    if others:
        xml.SubElement(test, "system-out").text = _told(others)


def _errors(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _told(findings: Sequence[Diagnostic]) -> str:
    lines = []
    for finding in findings:
        place = f"{finding.span}: " if finding.span else ""
        lines.append(f"{place}{finding.severity.value}[{finding.code}] {finding.message}")
        lines += [f"hint: {finding.hint}"] if finding.hint else []
    return printable_lines("\n".join(lines))
