"""What is wrong with a scenario is told in one line: the file, the key, and what to do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.planning.scenario import BadScenario, load
from tests.planning.office import DAY

SHIPPED = sorted((Path(__file__).parents[2] / "app/data/scenarios").glob("*.json"))


def written(folder: Path, mend: Callable[[dict[str, Any]], object]) -> Path:
    day = json.loads(json.dumps(DAY))
    mend(day)
    file = folder / "day.json"
    file.write_text(json.dumps(day), encoding="utf-8")
    return file


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_scenarios_that_are_shipped_can_be_played(path: Path) -> None:
    assert load(path).services


def test_there_are_scenarios() -> None:
    assert len(SHIPPED) >= 3


@pytest.mark.parametrize(
    ("mend", "told"),
    [
        (lambda day: day["counters"][2].update(own=["XX"]), "counter 3: XX is none of the services HT, DD"),
        (lambda day: day["counters"][2].update(skills=["XX"]), "counter 3: XX is none of the services HT, DD"),
        (lambda day: day["counters"].pop(2) and day["counters"][0].update(help=[]), "no counter serves DD: give it to"),
        (lambda day: day["services"][1].update(handle_min=-4), r"services\[1\].handle_min: .*greater than 0; it is -4"),
        (lambda day: day.update(walk_min=-1), "walk_min: .*greater than or equal to 0; it is -1"),
        (lambda day: day["counters"][0].update(breaks=[[-5, 5]]), r"counters\[0\].breaks\[0\]\[0\]: .*it is -5"),
        (lambda day: day["counters"][0].update(breaks=[[50, 40]]), r"counters\[0\].breaks: the break \[50, 40\] ends"),
        (lambda day: day["counters"][0].update(breaks=[[5, 9], [8, 20]]), "two breaks overlap"),
        (lambda day: day["counters"][0].update(breaks=[[5, 5000]]), "goes on after midnight, which is minute 990"),
        (
            lambda day: day["counters"][1].update(skills=[]),
            r"counters\[1\].skills: is empty: name at least one service",
        ),
        (lambda day: day["counters"][1].update(number=1), "counter 1 is there twice"),
        (lambda day: day["services"][1].update(code="HT"), "service HT is there twice"),
        (lambda day: day["services"][1].update(code="Đất đai"), r"services\[1\].code: .*match pattern"),
        (lambda day: [each.update(share=0) for each in day["services"]], "every service has the share 0"),
        (lambda day: day["arrivals"].update(profile=[[9, 1], [3, 1]]), "minute 3 stands after minute 9"),
        (lambda day: day.update(opne_min=3), "opne_min: there is no such key"),
        (lambda day: day.pop("open_min"), "open_min: is missing: add it"),
        (lambda day: day["arrivals"].update(per_day="many"), r"arrivals\.per_day: .*number.*; it is 'many'"),
        (lambda day: day["arrivals"].update(per_day=float("nan")), r"arrivals\.per_day: .*finite"),
    ],
)
def test_what_cannot_be_played_is_named(tmp_path: Path, mend: Callable[[dict[str, Any]], object], told: str) -> None:
    with pytest.raises(BadScenario, match=rf"^\S*day\.json: [^\n]*{told}[^\n]*$"):
        load(written(tmp_path, mend))


@pytest.mark.parametrize(
    ("text", "told"), [("{nonsense", "this is not JSON"), ("[]", "should be an object"), ("\xff", "cannot be read")]
)
def test_what_is_no_scenario_is_named(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "day.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadScenario, match=told):
        load(file)
