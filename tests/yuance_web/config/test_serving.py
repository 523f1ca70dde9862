from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.checks import Error

from yuance_web.config import serving


def test_it_listens_to_this_machine_alone_unless_told() -> None:
    asked = serving.options([])
    assert (asked.address, asked.port, asked.workers, asked.worker) == ("127.0.0.1", 8000, 1, True)
    assert not serving.options(["--without-worker"]).worker


def test_a_failed_check_keeps_it_from_starting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("django.core.checks.run_checks", lambda **_: [Error("坏了", id="yuance.E001")])
    assert serving.serve([]) == 1
    assert "yuance.E001：坏了" in capsys.readouterr().err


@pytest.mark.django_db
def test_warnings_count_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    settings.SECRET_KEY = "short"
    assert [one for one in serving.faults() if one.startswith("security.")]


def test_a_worker_is_started_again_and_ends_with_the_server() -> None:
    command = [sys.executable, "-c", "pass"]
    with serving.Worker(command, pause=0.01) as worker:
        first = _wait(lambda: worker.process)
        _wait(lambda: worker.process is not first)
    assert not worker.watcher.is_alive()


def test_a_running_worker_is_told_to_stop() -> None:
    with serving.Worker([sys.executable, "-c", "import time; time.sleep(60)"], pause=0.01) as worker:
        _wait(lambda: worker.process)
    assert worker.process is not None
    assert worker.process.poll() is not None


def test_serving_prepares_first_and_ends_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(serving, "faults", lambda: iter(()))
    monkeypatch.setattr(serving, "prepare", lambda: done.append("prepared"))
    monkeypatch.setattr(serving, "server", lambda *_: lambda: done.append("served"))
    assert serving.serve(["--without-worker"]) == 0
    assert done == ["prepared", "served"]


def _wait(ready: Callable[[], object], seconds: float = 20) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ready():
            return found
        time.sleep(0.02)
    raise AssertionError("not in time")
