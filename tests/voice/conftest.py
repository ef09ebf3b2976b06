from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from app.voice import packs
from app.voice.clip_engine import ClipEngine
from app.voice.espeak import EspeakEngine

if TYPE_CHECKING:
    from app.voice.engines import Engine


@pytest.fixture(scope="session")
def espeak() -> EspeakEngine:
    if shutil.which("espeak-ng") is None:
        pytest.fail("install espeak-ng (Debian and Ubuntu: apt-get install espeak-ng)")
    return EspeakEngine()


@pytest.fixture(scope="session")
def clips() -> ClipEngine:
    return ClipEngine(packs.load(packs.SHIPPED / "vi-north"))


@pytest.fixture(params=["espeak", "clips"])
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.getfixturevalue(request.param)
    return chosen
