"""`toiluot simulate`: one object for programs, a table for people, a drawing."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from app.planning import seeds
from app.planning.learnt import Learnt
from app.planning.plot import mean_waits, plot
from app.planning.policies import POLICIES
from app.planning.runs import Day, play_day
from app.planning.scenario import Scenario
from app.planning.simulate import opening
from tests.planning.office import DAY, scenario

SVG = "{http://www.w3.org/2000/svg}"
WAITS = ["within_target", "mean_wait", "p50_wait", "p90_wait", "p99_wait", "max_wait"]
README_LISTS = {*WAITS, "policy", "seeds", "citizens", "handled_within_target", "moves", "by_service", "forecast"}
LITTLE = {"open_min": 45, "arrivals": {"per_day": 14, "profile": [[0, 1], [45, 1]]}}
ONE_HELPER = {"counters": [{"number": 1, "own": ["HT"], "help": ["DD"]}]}


@pytest.fixture(autouse=True)
def a_short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days before that were told, instead of eight."""
    monkeypatch.setattr(seeds, "DAYS_TOLD", 2)


@pytest.fixture
def day(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path, **changes: Any) -> Path:
    file = folder / "day.json"
    file.write_text(json.dumps({**DAY, **LITTLE, **changes}), encoding="utf-8")
    return file


def simulate(*words: object, jobs: int = 1) -> Result:
    return CliRunner().invoke(cli, ["simulate", *map(str, words), "--jobs", str(jobs)])


def figures(*words: object, jobs: int = 1) -> Any:
    done = simulate(*words, "--json", jobs=jobs)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_one_object_has_all_figures(day: Path) -> None:
    found = figures(day, "--policy", "toiluot", "--seeds", 3)
    assert set(found) >= README_LISTS
    assert (found["policy"], found["seeds"]) == ("toiluot", 3)
    assert 0 <= found["mean_wait"] <= found["p90_wait"] <= found["p99_wait"] <= found["max_wait"]
    assert 0 <= found["within_target"] <= 1
    assert 0 <= found["handled_within_target"] <= 1
    assert {"mae", "coverage80"} <= set(found["forecast"])
    assert set(found["by_service"]) == {"HT", "DD"}
    assert sum(of["citizens"] for of in found["by_service"].values()) == found["citizens"] > 20
    assert all(set(WAITS) <= set(of) for of in found["by_service"].values())


@pytest.mark.parametrize("policy", ["oldest", "advised"])
def test_it_is_the_same_again_and_however_many_processes_play(day: Path, policy: str) -> None:
    words = (day, "--policy", policy, "--seeds", 2)
    assert figures(*words) == figures(*words, jobs=2 if policy == "oldest" else 1)


def test_more_days_begin_with_the_same_days(tmp_path: Path) -> None:
    """Seeds 0 to N-1."""
    plan = scenario(**LITTLE)
    came = [len(nobody_foreseen(plan, "own", seed).played.tickets()) for seed in range(3)]
    file = written(tmp_path)
    assert [figures(file, "--policy", "own", "--seeds", n)["citizens"] for n in (1, 3)] == [came[0], sum(came)]


def test_an_empty_day_has_figures_that_nobody_can_know(tmp_path: Path) -> None:
    file = written(tmp_path, arrivals={"per_day": 0, "profile": [[0, 1], [45, 1]]})
    found = figures(file, "--policy", "advised", "--seeds", 2)
    assert found["citizens"] == found["moves"] == 0
    assert [found[key] for key in WAITS] == [None] * len(WAITS)
    assert found["forecast"]["mae"] is None
    drawing = tmp_path / "day.svg"
    told = simulate(file, "--policy", "all", "--seeds", 1, "--plot", drawing)
    assert told.exit_code == 0, told.stderr
    assert "0 citizens" in told.stdout
    assert "Nobody came" in drawing.read_text(encoding="utf-8")


def test_people_are_told_a_table(day: Path) -> None:
    told = simulate(day, "--policy", "own", "--seeds", 1).stdout
    assert "A small day" in told
    assert "target 15" in told
    for word in ("own", "HT", "DD", "longest", "range held"):
        assert word in told


def test_all_policies_stand_in_one_table(day: Path) -> None:
    found = figures(day, "--policy", "all", "--seeds", 1)
    assert [each["policy"] for each in found["policies"]] == list(POLICIES)
    assert len({each["citizens"] for each in found["policies"]}) == 1


def test_of_all_policies_one_that_cannot_be_played_is_named_and_left_out(tmp_path: Path) -> None:
    done = simulate(written(tmp_path, **ONE_HELPER), "--policy", "all", "--seeds", 1, "--json")
    assert "policy own: no counter takes service DD" in done.stderr
    assert [each["policy"] for each in json.loads(done.stdout)["policies"]] == [
        name for name in POLICIES if name != "own"
    ]


def test_the_drawing_shows_a_policy_beside_two_simple_ones(day: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "waits.svg"
    done = simulate(day, "--policy", "toiluot", "--seeds", 2, "--plot", drawing)
    assert done.exit_code == 0, done.stderr
    svg = ET.fromstring(drawing.read_text(encoding="utf-8"))  # noqa: S314 - our own
    words = ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]
    assert {"A small day", "own", "oldest", "toiluot", "target 15 min", "08:00"} <= set(words)
    assert len(list(svg.iter(f"{SVG}polyline"))) == 3


def test_a_name_in_a_drawing_is_only_a_name() -> None:
    plan = scenario(name='<script>&"', **LITTLE)
    svg = ET.fromstring(plot(plan, {"own": [nobody_foreseen(plan, "own", 0)]}))  # noqa: S314
    assert '<script>&"' in ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def test_the_drawing_has_the_mean_wait_of_each_quarter_of_an_hour() -> None:
    plan = scenario(**LITTLE)
    day = nobody_foreseen(plan, "own", 0)
    means = mean_waits(plan, [day, day])
    assert [minute for minute, _ in means] == [7.5, 22.5, 37.5]
    first = [t for t in day.played.tickets() if t.issued_at < opening(plan) + 15 * 60_000]
    waits = [((t.called_at or 0) - t.issued_at) / 60_000 for t in first]
    assert means[0][1] == pytest.approx(sum(waits) / len(waits))


@pytest.mark.parametrize("minutes", [1, 20, 1440])
def test_the_drawing_of_a_very_short_or_long_day_has_its_hours(minutes: int) -> None:
    plan = scenario(open_min=minutes, arrivals={"per_day": 5, "profile": [[0, 1], [1440, 1]]})
    assert plot(plan, {"own": [nobody_foreseen(plan, "own", 0)]}).count("<text") > 5


def nobody_foreseen(plan: Scenario, policy: str, seed: int) -> Day:
    return play_day(plan, POLICIES[policy], seed, Learnt())


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (["--seeds", "0"], "--seeds", 2),
        (["--policy", "newest"], "--policy", 2),
        (["--plot", "day.png"], "day.png: the drawing is an SVG", 1),
    ],
)
def test_a_wrong_option_is_named(day: Path, words: list[str], told: str, code: int) -> None:
    done = simulate(day, *words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert told in done.stderr


def test_a_wrong_scenario_is_told_in_one_line(tmp_path: Path) -> None:
    missing = simulate(tmp_path / "none.json")
    assert missing.exit_code == 1
    assert missing.stderr.startswith(f"toiluot: {tmp_path}/none.json: cannot be read")
    file = written(tmp_path, **ONE_HELPER)
    alone = simulate(file, "--policy", "own")
    assert alone.exit_code == 1
    assert alone.stderr == f"toiluot: {file}: policy own: no counter takes service DD; give it to one\n"


def test_a_drawing_that_cannot_be_written_is_told(day: Path, tmp_path: Path) -> None:
    done = simulate(day, "--policy", "own", "--seeds", 1, "--plot", tmp_path / "none" / "day.svg")
    assert done.exit_code == 1
    assert "day.svg" in done.stderr
