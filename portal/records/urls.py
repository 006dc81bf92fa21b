"""Public addresses of every kind of record, from its declaration."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from portal.records import views
from portal.records.types import record_types


def _addresses() -> Iterator[URLPattern]:
    for declared in record_types():
        place, given = declared.path, {"kind": declared.kind}
        yield path(f"{place}/", views.record_list, given, name=f"{declared.kind}_list")
        yield path(f"{place}/feed/", views.record_feed, given, name=f"{declared.kind}_feed")
        yield path(f"{place}/<str:public_id>/", views.record_page, given, name=declared.kind)


app_name = "records"
urlpatterns = [
    *_addresses(),
    path("organizations/<str:public_id>/logo/", views.organization_logo, name="organization_logo"),
]
