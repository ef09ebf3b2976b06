from __future__ import annotations

import shutil

import pytest

from app.voice import packs
from app.voice.engines import ClipEngine, Engine, EspeakEngine


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
