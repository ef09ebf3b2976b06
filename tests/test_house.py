"""The house is kept: what `make run`, `make test` and the gate before a change ask of a machine."""

import os
import subprocess
from pathlib import Path

import pytest

from tools import chromium, ci_report

ROOT = Path(__file__).parents[1]
PASSED = '<testcase classname="tests.browser.test_console" name="a"/>'
SKIPPED = '<testcase classname="tests.browser.test_console" name="b"><skipped/></testcase>'
SKIPPED_ELSEWHERE = '<testcase classname="tests.hardware.test_board_bus" name="c"><skipped/></testcase>'


class Machine:
    """A machine whose programs and packages the test names; root's, unless said otherwise."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.log = programs.with_name("installed")
        self.has("id", "echo 0")

    def has(self, program: str, does: str = "exit 0") -> None:
        path = self.programs / program
        path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    def has_packages(self, *names: str) -> None:
        self.has("apt-cache", f'case "$2" in {"|".join(names)}) exit 0;; *) exit 100;; esac')
        self.has("apt-get", f'echo "$*" >>{self.log}')
        self.has("env", 'shift; exec "$@"')

    def belongs_to_somebody_else(self) -> None:
        self.has("id", "echo 1000")
        self.has("sudo", "exit 1")

    def asked_for(self, *packages: str) -> subprocess.CompletedProcess[str]:
        script = str(ROOT / "tools" / "system-packages.sh")
        path = {"PATH": str(self.programs)}
        return subprocess.run(["/bin/sh", script, *packages], env=path, capture_output=True, text=True, check=False)

    def installed(self) -> str:
        return self.log.read_text(encoding="utf-8").splitlines()[-1] if self.log.exists() else ""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    programs = tmp_path / "bin"
    programs.mkdir()
    return Machine(programs)


@pytest.mark.parametrize("browser", chromium.NAMES)
def test_any_of_chromiums_names_will_do(machine: Machine, browser: str) -> None:
    machine.has_packages("chromium")
    machine.has(browser)
    assert machine.asked_for("chromium").returncode == 0
    assert machine.installed() == ""


@pytest.mark.parametrize("package", ["chromium-headless-shell", "chromium", "chromium-browser"])
def test_chromium_is_installed_under_the_name_that_the_system_has(machine: Machine, package: str) -> None:
    machine.has_packages(package, "espeak-ng")
    assert machine.asked_for("chromium", "espeak-ng").returncode == 0
    assert machine.installed().endswith(f" {package} espeak-ng")


def test_what_somebody_may_not_install_is_named(machine: Machine) -> None:
    machine.has_packages("chromium", "espeak-ng")
    machine.belongs_to_somebody_else()
    asked = machine.asked_for("chromium", "espeak-ng")
    assert asked.returncode == 1
    assert "sudo apt-get install chromium espeak-ng" in asked.stderr
    assert machine.installed() == ""


def test_the_demo_starts_for_somebody_who_may_not_install_anything(machine: Machine) -> None:
    """Make's own `voice`, as `make run` asks for it, where there is neither espeak-ng nor a right to install it."""
    machine.belongs_to_somebody_else()
    machine.has("sh", 'exec /bin/sh "$@"')
    make = next(Path(folder) / "make" for folder in os.get_exec_path() if (Path(folder) / "make").exists())
    path = {"PATH": str(machine.programs)}
    made = subprocess.run([make, "voice"], cwd=ROOT, env=path, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert "the recordings that are shipped speak" in made.stdout


def test_the_demo_asks_for_no_browser() -> None:
    # not with the words of the `make test` that may have started us
    path = {"PATH": os.environ["PATH"]}
    made = subprocess.run(["make", "-n", "run"], cwd=ROOT, env=path, capture_output=True, text=True, check=True)
    assert "chromium" not in made.stdout


def test_a_skip_elsewhere_is_not_a_browser_that_did_not_run(tmp_path: Path) -> None:
    told = ci_report.main(report(tmp_path, PASSED, SKIPPED_ELSEWHERE))
    assert told.splitlines() == ["1 browser tests ran.", "Skipped: c: None"]


@pytest.mark.parametrize("cases", [[SKIPPED_ELSEWHERE], [PASSED, SKIPPED]])
def test_browser_tests_that_did_not_run_hold_a_change_up(tmp_path: Path, cases: list[str]) -> None:
    with pytest.raises(SystemExit, match="did not run"):
        ci_report.main(report(tmp_path, *cases))


def report(folder: Path, *cases: str) -> Path:
    """As pytest writes it: all on one line."""
    path = folder / "report.xml"
    text = f'<?xml version="1.0"?><testsuites><testsuite>{"".join(cases)}</testsuite></testsuites>'
    path.write_text(text, encoding="utf-8")
    return path
