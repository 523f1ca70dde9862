"""Serving the platform: what is unsafe or half set up is refused first, then granian serves and a worker computes."""

from __future__ import annotations

import argparse
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import Self

import django
from django.conf import settings

WORKER = [sys.executable, "-m", "yuance_web", "db_worker", "--no-reload"]
PAUSE = 5.0  # seconds before a worker that stopped is started again


def serve(arguments: Sequence[str]) -> int:
    """Check, prepare, serve until told to stop; 1 where it may not start."""
    asked = options(arguments)
    django.setup()
    problems = list(faults())
    if problems:
        print("没有启动，须先处理：", *problems, sep="\n  ", file=sys.stderr)
        return 1
    prepare()
    with Worker() if asked.worker else nullcontext():
        print(f"园策已启动：http://{asked.address}:{asked.port}/　（Ctrl+C 停止）", flush=True)
        server(asked.address, asked.port, asked.workers, asked.threads)()
    return 0


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m yuance_web serve", description="启动平台")
    parser.add_argument("--address", default="127.0.0.1", help="监听地址（默认只对本机；前面放反向代理）")
    parser.add_argument("--port", type=int, default=8000, help="端口")
    parser.add_argument("--workers", type=int, default=1, help="进程数（SQLite 用 1；PostgreSQL 可用 2 至 4）")
    parser.add_argument("--threads", type=int, default=4, help="每个进程的线程数")
    parser.add_argument(
        "--without-worker", dest="worker", action="store_false", help="不启动后台任务进程（另行运行 db_worker 时用）"
    )
    return parser.parse_args(arguments)


def faults() -> Iterator[str]:
    """What forbids to start: failed checks (in production warnings too), migrations that were not run."""
    from django.core.checks import ERROR, WARNING, run_checks  # noqa: PLC0415 - after the set-up
    from django.db import DEFAULT_DB_ALIAS, connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    least = WARNING if settings.PRODUCTION else ERROR
    for found in run_checks(include_deployment_checks=settings.PRODUCTION):
        if found.level >= least and not found.is_silenced():
            yield f"{found.id}：{found.msg}"
    if settings.PRODUCTION:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            yield f"数据库尚有 {len(waiting)} 个迁移没有执行：请先备份，再运行 python -m yuance_web migrate"


def prepare() -> None:
    """Production: static files are gathered. Else: the database is made and the demonstration city loaded."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - after the set-up
    from django.core.management import call_command  # noqa: PLC0415

    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
        return
    call_command("migrate", interactive=False, verbosity=0)
    if settings.MODE == "demo" and not get_user_model().objects.exists():
        call_command("load_demonstration")
        call_command("load_results", verbosity=0)


def server(address: str, port: int, workers: int, threads: int) -> Callable[[], None]:
    """The web server, ready to run."""
    from granian import Granian  # noqa: PLC0415 - not needed to be imported by tests of the rest
    from granian.constants import Interfaces  # noqa: PLC0415

    granian = Granian(
        "yuance_web.config.wsgi:application", address=address, port=port, interface=Interfaces.WSGI,
        workers=workers, blocking_threads=threads, respawn_failed_workers=True, websockets=False, log_access=settings.PRODUCTION,
    )  # fmt: skip
    return granian.serve


class Worker:
    """A process that computes what is queued, started again when it stops; it ends with the server."""

    def __init__(self, command: Sequence[str] = WORKER, pause: float = PAUSE) -> None:
        self.command, self.pause = list(command), pause
        self.process: subprocess.Popen[bytes] | None = None
        self.ended = threading.Event()
        self.watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self.watcher.start()
        return self

    def __exit__(self, *_args: object) -> None:
        self.ended.set()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.watcher.join(timeout=5)

    def _watch(self) -> None:
        while not self.ended.is_set():
            self.process = subprocess.Popen(self.command)  # noqa: S603 - our own program
            self.process.wait()
            self.ended.wait(self.pause)
