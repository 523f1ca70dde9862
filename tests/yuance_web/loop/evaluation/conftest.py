from __future__ import annotations

import pytest

from tests.yuance_web.loop.evaluation.stage import Stage, set_up


@pytest.fixture
def stage(db: None) -> Stage:
    del db
    return set_up()
