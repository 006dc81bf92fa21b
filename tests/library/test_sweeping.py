"""What nothing holds goes by the clock; what a row names, and what is being written, stays."""

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.common.actors import Group, person, system
from portal.library.describing import About
from portal.library.intakes import hand_over, take_in
from portal.library.models import LibraryIntake, library_storage
from portal.library.proposals import propose
from portal.library.sweeping import UNHELD_FOR, sweep_library
from portal.work.models import Job
from tests.factories import make_user
from tests.files.quality_texts import PROSE
from tests.library.conftest import IN, NOW, AddDocument

pytestmark = pytest.mark.django_db
ABOUT = {"language": "en", "title": "A paper", "kind": "report"}


def given(text: str = PROSE["en"]) -> LibraryIntake:
    return hand_over(content=text.encode(), file_name="a.txt", about=ABOUT, actor=system("test"), now=NOW)


def age(names: Iterable[str]) -> None:
    """As if they were written before the bound."""
    old = (timezone.now() - UNHELD_FOR - timedelta(minutes=1)).timestamp()
    for name in names:
        os.utime(library_storage().path(name), (old, old))


def stored() -> set[str]:
    storage = library_storage()
    return {*storage.listdir("")[1], *(f"waiting/{name}" for name in storage.listdir("waiting")[1])}


def test_files_that_no_row_names_go_and_all_others_stay(added: AddDocument) -> None:
    added()
    given()
    propose(
        IN["en"].encode(),
        "b.txt",
        About(title="B", language="en", kind="report"),
        actor=person(make_user(Group.OBSERVATORY)),
        now=NOW,
    )
    held = stored()
    with transaction.atomic():
        given(PROSE["en"] * 2)
        transaction.set_rollback(True)
    library_storage().save("proposed-nobody.pdf", ContentFile(b"x"))
    lost = stored() - held
    assert len(lost) == 2
    assert (sweep_library(), stored()) == (0, held | lost)
    age(held | lost)
    assert (sweep_library(), stored()) == (2, held)


def test_pictures_of_files_that_are_no_more_go(added: AddDocument) -> None:
    document = added()
    root = Path(settings.MEDIA_ROOT) / "library-pages"
    kept, lost, new = (root / name for name in (document.sha256, "0" * 64, "1" * 64))
    old = (timezone.now() - UNHELD_FOR - timedelta(minutes=1)).timestamp()
    for folder in (kept, lost, new):
        folder.mkdir(parents=True)
        (folder / "1.webp").write_bytes(b"x")
    for folder in (kept, lost):
        os.utime(folder, (old, old))
    assert sweep_library() == 1
    assert sorted(folder.name for folder in root.iterdir()) == sorted([kept.name, new.name])


def test_a_file_whose_job_ended_for_good_is_given_up_with_a_word(editor: User) -> None:
    broken, waiting = given(), given(PROSE["en"] * 2)
    LibraryIntake.objects.filter(pk=broken.pk).update(given_by=editor, state="reading")
    User.objects.filter(pk=editor.pk).update(language="fr")
    Job.objects.filter(key=f"read_document:{broken.pk}").update(state="failed", finished_at=NOW)
    assert sweep_library(NOW) == 1
    broken.refresh_from_db()
    waiting.refresh_from_db()
    assert (broken.state, str(broken.file), broken.finished_at) == ("refused", "", NOW)
    assert broken.problem
    assert (waiting.state, waiting.finished_at) == ("waiting", None)


def test_what_became_of_files_is_forgotten_after_a_fortnight() -> None:
    old, new = given(), given(PROSE["fr"])
    take_in(old, now=NOW - timedelta(days=15))
    take_in(new, now=NOW - timedelta(days=13))
    assert sweep_library(NOW) == 1
    assert list(LibraryIntake.objects.values_list("pk", "state")) == [(new.pk, "refused")]
