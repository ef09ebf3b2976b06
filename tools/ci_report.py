"""Did the browser tests really run? Reads the JUnit file that pytest wrote: `python -m tools.ci_report FILE`."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

BROWSER = "tests.browser."


def main(report: Path) -> str:
    """What to say when they ran; SystemExit where there was none, or one of them was skipped."""
    cases = [
        case
        for case in ET.parse(report).iter("testcase")  # noqa: S314 - our own pytest wrote it
        if case.get("classname", "").startswith(BROWSER)
    ]
    skipped = [case for case in cases if case.find("skipped") is not None]
    if not cases or skipped:
        names = "".join(f"\n  {case.get('classname')}::{case.get('name')}" for case in skipped)
        raise SystemExit(f"The browser tests did not run: {len(cases)} found, {len(skipped)} skipped.{names}")
    return "\n".join([f"{len(cases)} browser tests ran.", *skipped_elsewhere(report)])


def skipped_elsewhere(report: Path) -> list[str]:
    """What this machine could not try, each with its reason: to be read, not to fail."""
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - our own pytest wrote it
    found = [(case, skip) for case in cases if (skip := case.find("skipped")) is not None]
    return [f"Skipped: {case.get('name')}: {skip.get('message')}" for case, skip in found]


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1])) + "\n")
