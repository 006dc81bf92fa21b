"""Mails about new matches; the worker and the command `send_alerts` call it.

Matches are marked as told in the transaction that makes their `Digest`, its mail is stored after that commit.
A process that dies in between leaves a digest that is not done: the next run stores its mail, and only it.
One claim a digest keeps two processes from doing it twice. Sending is the worker's (`portal.work.mails`).
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.common.collation import alphabetical
from portal.common.desk import desk_link
from portal.common.languages import CODES, DEFAULT
from portal.observatory.saved.alerts import evaluate_again
from portal.observatory.saved.enums import Telling
from portal.observatory.saved.links import passage_url, search_path, unsubscribe_token
from portal.observatory.saved.models import Digest, Match, SavedSearch
from portal.observatory.saved.stock import settle
from search.results.facets import KINDS
from search.results.visibility import public_things

logger = logging.getLogger(__name__)
MOST_LISTED = 20
CLAIM = timedelta(minutes=15)
PATIENCE = timedelta(days=7)
KEPT = timedelta(days=90)
UNTOLD = Q(
    told_at__isnull=True,
    is_current=True,
    search__telling__in=[Telling.DAILY, Telling.WEEKLY],
    found_at__gte=F("search__mails_from"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One found thing in a mail."""

    title: str
    language: str
    kind: str
    url: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """A saved search with what it has newly found; `more` are not listed."""

    name: str
    url: str
    lines: tuple[Line, ...]
    more: int


def period_of(telling: Telling, now: datetime) -> str:
    """The day, or the week: in one of them there is one mail at most."""
    if telling == Telling.WEEKLY:
        year, week, _day = now.isocalendar()
        return f"{year}-W{week:02d}"
    return now.date().isoformat()


def tell_what_is_new() -> int:
    """What the command and the worker do."""
    now = timezone.now()
    settle(now=now)
    evaluate_again(now=now)
    return send_alerts(now=now)


def send_alerts(*, now: datetime) -> int:
    """Everything that is to be told now. Returns the number of mails sent."""
    for telling in (Telling.DAILY, Telling.WEEKLY):
        for person_id in _waiting(telling, now):
            make_digest(person_id, telling, now=now)
    waiting = Digest.objects.filter(done_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    sent = sum(send_digest(pk, now=now) for pk in list(waiting))
    _give_up(now=now)
    Digest.objects.filter(done_at__lt=now - KEPT).delete()
    return sent


def make_digest(person_id: int, telling: Telling, *, now: datetime) -> Digest | None:
    """What a person has not been told, marked as told. None when another process was faster."""
    try:
        with transaction.atomic():
            digest = Digest.objects.create(
                person_id=person_id, telling=telling, period=period_of(telling, now), created_at=now
            )
            rows = Match.objects.filter(UNTOLD, search__owner_id=person_id, search__telling=telling)
            pks = list(rows.values_list("pk", flat=True))
            marked = Match.objects.filter(pk__in=pks, told_at__isnull=True).update(told_at=now, digest=digest)
            if not marked:
                transaction.set_rollback(True)
                return None
    except IntegrityError:
        return None
    return digest


def send_digest(pk: int, *, now: datetime) -> bool:
    """Send one digest unless another process is at it. False when nothing went out."""
    open_rows = Digest.objects.filter(pk=pk, done_at__isnull=True)
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM)
    if not open_rows.filter(free).update(claimed_at=now):
        return False
    digest = Digest.objects.select_related("person").get(pk=pk)
    mail = mail_of(digest)
    try:
        # The mail is stored together with the note that it was: exactly once.
        with transaction.atomic():
            open_rows.update(done_at=now)
            if mail is not None:
                mail.send()
    except OSError as error:
        logger.warning("event=digest_waits digest=%s reason=%s", pk, error)
        open_rows.update(claimed_at=None)
        return False
    return mail is not None


def _give_up(*, now: datetime) -> None:
    """No mail server has taken these for a week: what they tell of stands in feed and list."""
    late = Digest.objects.filter(done_at__isnull=True, created_at__lt=now - PATIENCE)
    if number := late.update(done_at=now):
        logger.error("event=digests_given_up number=%d", number)


def mail_of(digest: Digest) -> EmailMessage | None:
    """The mail in its reader's language; None when nothing of it is left, or nobody may read it."""
    reader: User = digest.person
    language = reader.language if reader.language in CODES else DEFAULT
    if not reader.is_active or not _is_confirmed(reader):
        return None
    with translation.override(language):
        sections = _sections(digest)
        if not sections:
            return None
        stop = settings.SITE_URL + reverse("saved:unsubscribe", args=[unsubscribe_token(reader.pk)])
        context = {
            "name": reader.name,
            "sections": sections,
            "stop": stop,
            "desk": desk_link("saved:list"),
        }
        body = render_to_string("saved/mails/digest.txt", context)
        subject = _subject(sum(len(section.lines) + section.more for section in sections))
    return EmailMessage(subject, body, to=[reader.email], headers=_headers(digest, stop, language))


def _subject(number: int) -> str:
    return ngettext(
        "%(number)d new result of your saved searches",
        "%(number)d new results of your saved searches",
        number,
    ) % {"number": number}


def _headers(digest: Digest, stop: str, language: str) -> dict[str, str]:
    """The Message-ID is the digest's own, so that a mail sent again is known for the same."""
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "Message-ID": f"<digest-{digest.pk}-{digest.telling}-{digest.period}@{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Content-Language": language,
        "Auto-Submitted": "auto-generated",
    }


def _waiting(telling: Telling, now: datetime) -> list[int]:
    """People with something to tell who had no mail in this period."""
    had = Digest.objects.filter(telling=telling, period=period_of(telling, now)).values("person_id")
    rows = Match.objects.filter(UNTOLD, search__telling=telling, search__owner__is_active=True)
    people = rows.exclude(search__owner_id__in=had).values_list("search__owner_id", flat=True)
    return sorted(set(people))


def _is_confirmed(reader: User) -> bool:
    addresses = EmailAddress.objects.filter(user=reader, email__iexact=reader.email, verified=True)
    return addresses.exists()


def _sections(digest: Digest) -> list[Section]:
    """By saved search, the newest things first, without searches whose mails were stopped meanwhile.

    What has gone since is taken out, as if never found.
    """
    rows = digest.matches.select_related("search", "document").defer("search__found")
    matches = list(rows.order_by(alphabetical("search__name"), "search_id", "-found_at", "-pk"))
    public = public_things({match.thing for match in matches if match.is_current})
    by_search: dict[SavedSearch, list[Match]] = {}
    gone = []
    for match in matches:
        if match.is_current and match.thing in public and match.document.title:
            if match.search.telling != Telling.NONE:
                by_search.setdefault(match.search, []).append(match)
        else:
            gone.append(match.pk)
    Match.objects.filter(pk__in=gone).delete()
    return [_section(search, new_matches) for search, new_matches in by_search.items()]


def _section(search: SavedSearch, matches: Sequence[Match]) -> Section:
    return Section(
        name=search.name,
        url=settings.SITE_URL + search_path(search),
        lines=tuple(_lines(search, matches[:MOST_LISTED])),
        more=max(0, len(matches) - MOST_LISTED),
    )


def _lines(search: SavedSearch, matches: Iterable[Match]) -> Iterable[Line]:
    for match in matches:
        yield Line(
            title=" ".join(match.document.title.split()),
            language=match.document.language,
            kind=str(KINDS.get(match.document.kind, "")),
            url=settings.SITE_URL + passage_url(search, match),
            page=match.page,
        )
