"""Alpha software written by others, each in a folder of its own: two of them install a package of the same name.

They are fetched from the package index into the environment's folder `oracles` when first needed, and stay there.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

ORACLES = {
    "alphasignpy": "alphasignpy>=0.1.1,<0.2",
    "pyalphasign": "pyalphasign>=0.1,<0.2",
    "readerboard": "readerboard>=0.7,<0.8",
}
"""What they need beside, pyserial and Pillow, is already here; the rest is the service around readerboard's frames."""

PATIENCE_S = 300


def ask(oracle: str, script: str, **questions: object) -> object:
    """What `script` prints as JSON, run beside `oracle` with `questions` as its variables."""
    prelude = "import json, sys\nglobals().update(json.loads(sys.argv[1]))\n"
    environment = os.environ | {"PYTHONPATH": str(_folder_of(oracle)), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", prelude + script, json.dumps(questions)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _folder_of(oracle: str) -> Path:
    folder = Path(sys.prefix) / "oracles" / oracle
    folder.parent.mkdir(exist_ok=True)
    installed = folder / f"installed-{ORACLES[oracle]}".replace("<", "").replace(">", "")
    # the tests run side by side, and only one may fetch
    with FileLock(folder.with_suffix(".lock"), timeout=PATIENCE_S):
        if not installed.exists():
            _install(oracle, folder)
            installed.touch()
    return folder


def _install(oracle: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--upgrade"]
    done = subprocess.run(
        [*command, "--target", str(folder), ORACLES[oracle]],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{ORACLES[oracle]} could not be fetched to compare with; pip says: {done.stderr.strip()}")
