"""Make the clip packs that the project ships: `python tools/make_clips.py`, with espeak-ng installed.

The packs hold every word of every call from A000 to Z9999 at counters 1 to 99, in all styles and regions.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.voice import espeak, numbers, wav
from app.voice.languages import Language, language
from app.voice.recording import file_name
from app.voice.sentences import Phrase, Utterance, sentence

LICENCE = """\
The sounds in this folder were made by the program espeak-ng (https://github.com/espeak-ng/espeak-ng) from the
words in manifest.json, with tools/make_clips.py. What a program gives out is not covered by the program's own
licence (GPL-3.0-or-later; see https://www.gnu.org/licenses/gpl-faq.html#GPLOutput), and the program is not in here.

So far as there are any rights in these sounds, they are given up under CC0 1.0 Universal
(https://creativecommons.org/publicdomain/zero/1.0/).
"""

# four digits too, since some centres print them: one such number brings in the word for a thousand
TICKETS = [*(f"{number:03}" for number in range(1000)), "1001"]
COUNTERS = range(1, 100)


@dataclass(frozen=True)
class Pack:
    folder: str
    language: str
    region: numbers.Region


PACKS = (Pack("vi-north", "vi", "north"), Pack("en", "en", "north"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "app/voice/clips")
    out = parser.parse_args().out
    engine = espeak.EspeakEngine()
    for pack in PACKS:
        print(write_pack(out / pack.folder, pack, engine))  # noqa: T201 - a tool's answer


def write_pack(folder: Path, pack: Pack, engine: espeak.EspeakEngine) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "LICENCE").write_text(LICENCE, encoding="utf-8")
    clips: dict[str, dict[str, str]] = {}
    for text in sorted(vocabulary(language(pack.language))):
        data = engine.render(Utterance(pack.language, pack.region, (Phrase(text),)))
        name = file_name(text)
        (folder / name).write_bytes(data)
        clips[text.lower()] = {"file": name, "sha256": hashlib.sha256(data).hexdigest()}
    manifest = {
        "language": pack.language,
        "region": pack.region,
        "sample_rate": wav.RATE,
        "licence": "CC0-1.0",
        "source": engine.identity,
        "clips": clips,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    return f"{folder}: {len(clips)} clips, {size / 1e6:.2f} MB"


def vocabulary(tongue: Language) -> set[str]:
    """Prompts and letters whole, since they are said in one breath; numbers word by word."""
    prompts = {*tongue.opening, *tongue.opening_again, tongue.to_counter, *tongue.letters.values()}
    calls = itertools.product(get_args(numbers.Region), get_args(numbers.Style))
    words = {word for region, style in calls for word in _number_words(tongue, region, style)}
    return prompts | words


def _number_words(tongue: Language, region: numbers.Region, style: numbers.Style) -> set[str]:
    """The last phrase of a sentence is the counter, the third from the end is the number."""
    words: set[str] = set()
    longest = range(max(len(TICKETS), len(COUNTERS)))
    for index in longest:
        counter = COUNTERS[index % len(COUNTERS)]
        said = sentence(TICKETS[index], counter, language=tongue.code, region=region, style=style)
        phrases = [part.text for part in said.parts if isinstance(part, Phrase)]
        words.update(" ".join([phrases[1], phrases[-1]]).split())
    return words


if __name__ == "__main__":
    main()
