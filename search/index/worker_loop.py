"""The outbox of the index as a loop of the worker (`portal.work`)."""

from collections.abc import Callable

from django.core.management import call_command

from portal.work.declarations import Backlog, Loop
from search.engines import selection
from search.index import outbox
from search.index.follower import follow as follow_index


def _follow(stopped: Callable[[], bool]) -> None:
    follow_index(selection.engine(), selection.fallback(), stopped)


def _drain() -> None:
    call_command("drain_outbox")


def _backlog() -> Backlog:
    waiting = outbox.backlog()
    return Backlog(waiting.waiting, 0, waiting.failed, waiting.oldest)


INDEX = Loop(name="index", follow=_follow, drain=_drain, backlog=_backlog, retry_failed=outbox.take_up_again)
