"""The hub understands what citizens say: sentences written before anything was tuned, half of them never looked at."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlite_utils import Database

from app import centre_file, procedure_file
from app.asking.phrases import Phrases, load
from app.asking.understanding import Asked, Find, Found, Served, understand
from app.store.catalogue import find, put_procedures
from app.store.migrations import migrations

UTTERANCES = Path(__file__).parent / "utterances.csv"
SHOWN = 3
BARS = {("tune", "vi"): 0.95, ("tune", "en"): 0.95, ("measure", "vi"): 0.95, ("measure", "en"): 0.95}
LEAST = {"vi": 60, "en": 30}


class Utterance(NamedTuple):
    text: str
    intent: str
    facts: dict[str, str]


def utterances(half: str, language: str) -> list[Utterance]:
    with UTTERANCES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["half"], row["language"]) == (half, language)]
    return [
        Utterance(row["text"], row["intent"], dict(each.split("=") for each in row["fact"].split(";") if each))
        for row in rows
    ]


@pytest.fixture(scope="module")
def look_up() -> Iterator[Find]:
    with Database(memory=True) as db:
        migrations.apply(db)
        put_procedures(procedure_file.shipped())(db)
        yield lambda text, service: [Found(each.code, each.service) for each in find(db, text, service)][:SHOWN]


@pytest.fixture(scope="module")
def services() -> list[Served]:
    centre = centre_file.loads(centre_file.STARTING_CENTRE.read_text("utf-8"), "starting-centre.toml")
    served: list[Any] = list(centre.services)
    return [Served(each.code, each.letter, (each.name, each.name_en)) for each in served]


@pytest.fixture(scope="module")
def phrases() -> dict[str, Phrases]:
    return load([])


def is_right(asked: Asked, meant: Utterance) -> bool:
    facts = meant.facts
    return asked.intent == meant.intent and all(
        (
            "procedure" not in facts or bool(set(facts["procedure"].split("|")) & set(asked.procedures)),
            "service" not in facts or asked.service == facts["service"],
            "aspect" not in facts or asked.aspect == facts["aspect"],
            "number" not in facts or asked.number == facts["number"],
            "age" not in facts or str(asked.age) == facts["age"],
            "code" not in facts or asked.code == facts["code"],
        )
    )


@pytest.mark.parametrize("half", ["tune", "measure"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_sentence_is_understood(
    half: str, language: str, look_up: Find, services: list[Served], phrases: dict[str, Phrases]
) -> None:
    asked = utterances(half, language)
    found = [(each, understand(each.text, language, phrases, services, look_up)) for each in asked]
    missed = [(each.text, meant) for each, meant in found if not is_right(meant, each)]
    right = 1 - len(missed) / len(asked)
    print(f"{half} {language}: {len(asked)} sentences, {right:.1%} right; {missed}")  # noqa: T201 - figures
    assert right >= BARS[half, language], missed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_enough_is_asked_and_no_sentence_is_in_both_halves(language: str) -> None:
    tune, measure = utterances("tune", language), utterances("measure", language)
    assert len(tune) + len(measure) >= LEAST[language]
    assert not {each.text for each in tune} & {each.text for each in measure}
