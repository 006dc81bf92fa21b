"""Each match of a saved search told exactly once: random searches and events against an oracle, with times.

.venv/bin/python bench/alerts.py [--searches 1000] [--events 10000] [--seed 1]

Records are published, edited, withdrawn and published again at random and drained in batches; some drains are
killed between the write to the index and its note, some batches come twice. Mails go out in between. After
each batch the search page's own query is asked of the engine for every search, and what it finds among the
changed things is what must have been told: no more, no less, nothing twice. The method: docs/observatory.md.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WORDS = {
    "es": "asilo frontera niños niñas apátrida apátridas Estado estados registro nacimiento mujeres casa "
    "costa país países documentos trabajo salud escuela red ciudad ley procedimiento derecho retorno",
    "en": "asylum border children child stateless state states birth registration women house coast country "
    "papers work health school network city law procedure right return community",
    "pt": "asilo fronteira crianças criança apátridas proteção registro nascimento mulheres casa costa país "
    "documentos trabalho saúde escola rede cidade lei direito retorno",
    "fr": "asile frontière enfants apatridie apatride protection naissance femmes maison côte pays travail "
    "santé école réseau ville loi procédure droit retour",
}
SYLLABLES = (
    "ma",
    "ri",
    "to",
    "nes",
    "cal",
    "do",
    "pre",
    "vis",
    "al",
    "ter",
    "con",
    "lu",
    "fa",
    "sem",
    "bro",
    "gi",
)
COUNTRIES = ("MX", "BR", "CL", "EC", "HN", "")
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Thing:
    """A public record as the play knows it."""

    key: uuid.UUID
    number: str = ""
    is_public: bool = False


@dataclass(slots=True)
class Expected:
    """What one saved search must tell: `known` was found when it was kept."""

    known: set[str]
    pending: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)


class Play:
    """Random people, searches, records and events on an empty portal with an empty index."""

    def __init__(self, seed: int, *, rare: int = 900) -> None:
        self.random = random.Random(seed)
        self.words = {language: self.vocabulary(words.split(), rare) for language, words in WORDS.items()}
        self.things: list[Thing] = []
        self.texts: list[str] = []
        self.searches: dict[str, Any] = {}
        self.expected: dict[str, Expected] = {}
        self.mailed: Counter[tuple[str, str]] = Counter()
        self.seconds: list[float] = []
        self.kills = self.replays = self.batches = self.mails = 0
        self.now = datetime(2026, 1, 1, 8, tzinfo=UTC)

    # -- records

    def vocabulary(self, known: list[str], rare: int) -> list[str]:
        """Words of the process, thinly spread among made-up ones."""
        made = {"".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(rare)}
        words = [*known, *sorted(made)]
        self.random.shuffle(words)
        return words

    def text(self, language: str) -> str:
        """Some words are frequent, most are rare, as in any text."""
        words = self.words[language]
        places = (int(len(words) * self.random.random() ** 2) for _ in range(self.random.randint(8, 30)))
        return " ".join(words[place] for place in places)

    def projection(self, key: uuid.UUID) -> Any:
        from portal.publication.enums import RecordKind
        from portal.publication.projections import Projection, Translated

        language, *others = self.random.sample(list(WORDS), self.random.choice((1, 1, 1, 2)))
        self.texts.append(body := self.text(language))
        return Projection(
            kind=RecordKind.INTERVENTION,
            source_key=key,
            language=language,
            title=self.text(language)[:80],
            summary="",
            year=self.random.randint(2020, 2026),
            country=self.random.choice(COUNTRIES),
            texts={"body": body},
            translations=tuple(
                Translated(other, self.text(other)[:80], {"body": self.text(other)}) for other in others
            ),
        )

    def event(self) -> None:
        """Publish something new, change, withdraw or bring back something old."""
        from portal.common.actors import system
        from portal.publication.domain import publish, withdraw
        from portal.publication.enums import RecordKind

        what = self.random.random()
        if what < 0.3 or not self.things:
            self.things.append(Thing(uuid.UUID(int=self.random.getrandbits(128), version=4)))
            thing = self.things[-1]
        else:
            thing = self.random.choice(self.things)
        moment = FIRST_DAY + timedelta(days=self.random.randint(0, 2000))
        if thing.is_public and what > 0.7:
            withdraw(RecordKind.INTERVENTION, thing.key, actor=system("bench"), now=moment)
            thing.is_public = False
        else:
            record = publish(self.projection(thing.key), actor=system("bench"), now=moment)
            thing.number, thing.is_public = record.public_id, True

    # -- searches

    def question(self) -> Any:
        from search.results.service import Question

        language = self.random.choice(list(WORDS))
        words = [*WORDS[language].split(), *self.words[language]]
        number = self.random.choice((1, 1, 1, 2, 2, 3)) if self.random.random() < 0.98 else 0
        parts = self.random.sample(words, number)
        shape = self.random.random()
        if shape < 0.15:
            parts = [f'"{self.piece()}"', *parts[:1]]
        elif shape < 0.3:
            parts = [*parts, f"-{self.random.choice(words)}"]
        elif shape < 0.45:
            word = self.random.choice(words)
            parts = [*parts[:1], f"{word[: self.random.randint(3, 6)]}*"]
        since = date(2020, 1, 1) + timedelta(days=self.random.randint(0, 2000))
        return Question(
            text=" ".join(parts),
            ui=self.random.choice(list(WORDS)),
            chosen=self.chosen(),
            expand=self.random.random() < 0.7,
            since=since if self.random.random() < 0.15 else None,
            until=since + timedelta(days=400) if self.random.random() < 0.15 else None,
        )

    def piece(self) -> str:
        """Two words that stand one after another in some text."""
        words = self.random.choice(self.texts).split()
        place = self.random.randrange(len(words) - 1)
        return " ".join(words[place : place + 2])

    def chosen(self) -> dict[str, tuple[str, ...]]:
        choices: dict[str, Sequence[str]] = {
            "kind": ("intervention", "pledge"),
            "country": COUNTRIES[:-1],
            "year": [str(year) for year in range(2020, 2027)],
            "language": list(WORDS),
        }
        return {
            name: tuple(sorted(self.random.sample(list(values), self.random.randint(1, 2))))
            for name, values in choices.items()
            if self.random.random() < 0.2
        }

    def keep(self, owners: Sequence[Any], number: int) -> None:
        from django.utils import timezone

        from portal.common.actors import person
        from portal.observatory.saved.domain import keep_search
        from portal.observatory.saved.enums import Telling

        for _ in range(number):
            name, question = f"S{len(self.searches):05d}", self.question()
            owner = owners[len(self.searches) % len(owners)]
            self.expected[name] = Expected(self.public_ids(question))
            self.searches[name] = question
            keep_search(
                question=question,
                name=name,
                telling=Telling.DAILY,
                actor=person(owner),
                now=timezone.now(),
            )

    def public_ids(self, question: Any) -> set[str]:
        """The things that the search page finds with all the words."""
        from search.engines import fallback
        from search.engines.base import WINDOW
        from search.results import service

        asked = service._asked(question).expansion.query
        if question.text.strip() and asked.is_empty:
            return set()
        request = service.replace(service._request(question), query=asked, size=WINDOW, passages=1)
        results, _is_fallback = fallback.search(request)
        return {document.id.partition("/")[0] for document in results.hits}

    # -- drain and mails

    def drain(self) -> None:
        """One batch into the index, perhaps killed once, perhaps done twice; then the oracle's turn."""
        from django.utils import timezone

        from search.engines import selection
        from search.index import outbox
        from search.index.drain import BATCH, drain, read

        engine = selection.engine()
        subjects = outbox.take(now=timezone.now(), limit=BATCH + 1)
        changed = self.numbers(subjects)
        if self.random.random() < 0.2:
            with engine.writer() as writer:
                batch = read(list(subjects))
                batch.write(writer)
                writer.refresh()
            self.kills += 1
        drain(engine)
        if self.random.random() < 0.2:
            for subject in subjects:
                outbox.enqueue(subject.source, [subject.key], now=timezone.now())
            self.replays += 1
            drain(engine)
        self.batches += 1
        self.expect(changed)

    def numbers(self, subjects: Any) -> set[str]:
        keys = {subject.key.partition(":")[2] for subject in subjects}
        return {thing.number for thing in self.things if str(thing.key) in keys}

    def expect(self, changed: set[str]) -> None:
        for name, question in self.searches.items():
            expected, ids = self.expected[name], self.public_ids(question) & changed
            expected.pending |= ids - expected.known - set(expected.told)
            expected.pending -= changed - ids

    def mail(self) -> None:
        """A day later: everybody is told; what was withdrawn and not drained yet must not be."""
        from django.core import mail

        from portal.observatory.saved.digests import send_alerts

        self.now += timedelta(days=1)
        mail.outbox = []
        self.mails += send_alerts(now=self.now)
        for message in mail.outbox:
            self.mailed.update(_told(message.body))
        public = {thing.number for thing in self.things if thing.is_public}
        for expected in self.expected.values():
            expected.told += sorted(expected.pending & public)
            expected.pending.clear()

    # -- verdict

    def run(self, owners: Sequence[Any], *, searches: int, events: int, batch: int = 200) -> None:
        for _ in range(min(batch, events // 10)):
            self.event()
        self.drain()
        self.keep(owners, searches - searches // 10)
        done = 0
        while done < events:
            number = self.random.randint(batch // 4, batch)
            for _ in range(min(number, events - done)):
                self.event()
            done += number
            if self.random.random() < 0.3:
                self.mail()  # with changes that are not in the index yet
            self.drain()
            if len(self.searches) < searches:
                self.keep(owners, max(1, searches // 100))
        self.mail()

    def verdict(self) -> dict[str, int]:
        """Differences between what the mails told and what had to be told."""
        wanted = Counter((name, thing) for name, expected in self.expected.items() for thing in expected.told)
        return {
            "told": sum(self.mailed.values()),
            "expected": sum(wanted.values()),
            "duplicates": sum(number - 1 for number in self.mailed.values()),
            "missing": len(wanted.keys() - self.mailed.keys()),
            "too much": len(self.mailed.keys() - wanted.keys()),
        }


def _told(body: str) -> Iterator[tuple[str, str]]:
    name = ""
    for line in body.splitlines():
        if re.fullmatch(r"S\d{5}", line):
            name = line
        elif match := re.search(r"/interventions/(I-\d+)/", line):
            yield name, match[1]


def watch(play: Play) -> None:
    """The processor time of each evaluation, all threads: other work on the machine does not count."""
    from portal.observatory.saved import alerts

    real = alerts.evaluate

    def timed(*args: Any, **kwargs: Any) -> None:
        began = time.process_time()
        real(*args, **kwargs)
        play.seconds.append(time.process_time() - began)

    alerts.evaluate = timed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--searches", type=int, default=1000)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "SEARCH_URL": "",
            "EMAIL_URL": "memory://",
        }
        print("\n".join(measure(options.searches, options.events, options.seed)))


def measure(searches: int, events: int, seed: int) -> list[str]:
    import django

    django.setup()
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.core.management import call_command

    from portal.accounts.models import User
    from portal.observatory.saved import digests

    settings.DEBUG = False  # or every query would be kept in memory
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("rebuild_index", verbosity=0)
    digests.MOST_LISTED = sys.maxsize
    owners = []
    for number in range(max(1, searches // 100)):
        user = User.objects.create_user(f"person{number}@example.org", None, language="en")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        owners.append(user)
    play = Play(seed)
    watch(play)
    play.run(owners, searches=searches, events=events)
    verdict = play.verdict()
    times = sorted(second * 1000 for second in play.seconds)
    public = sum(thing.is_public for thing in play.things)
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    return [
        f"{len(play.searches)} searches, {events} events on {len(play.things)} records ({public} public)",
        f"{play.batches} commits, {play.kills} drains killed, {play.replays} twice; {play.mails} mails",
        ", ".join(f"{name} {number}" for name, number in verdict.items()),
        f"processor time per commit: median {middle:.0f} ms, p95 {high:.0f} ms, most {times[-1]:.0f} ms",
    ]


if __name__ == "__main__":
    main()
