"""The entry point of `toiluot` and of `python -m app`.

`run` must make the standard library cooperative before anything else is imported, so it is looked for here.
"""

import sys
from pathlib import Path


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] == ["run"]:
        from app import server  # noqa: PLC0415

        server.patch(_config_of(arguments))
    from app.cli import run_command_line  # noqa: PLC0415

    run_command_line()


def _config_of(arguments: list[str]) -> Path | None:
    for name, value in zip(arguments, [*arguments[1:], ""], strict=True):
        if name == "--config":
            return Path(value)
        if name.startswith("--config="):
            return Path(name.removeprefix("--config="))
    return None


if __name__ == "__main__":
    main()
