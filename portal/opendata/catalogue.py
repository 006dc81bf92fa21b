"""The catalogue in DCAT 3 as JSON-LD, with its context in itself; a public view gives it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from portal.common.languages import CODES, DEFAULT
from portal.opendata.models import LedgerFile
from portal.opendata.words import DESCRIPTION, LEDGER, TITLE, Terms, in_all_languages
from portal.tables.datasets import FORMS, Dataset, Extent, datasets

PATH = "/data/catalogue.jsonld"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
    "atom": "application/atom+xml",
}
# The names that the Publications Office of the European Union gives languages; DCAT profiles ask for them.
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_NAMES = {"es": "SPA", "en": "ENG", "pt": "POR", "fr": "FRA"}
REGION = {
    "es": "América Latina y el Caribe",
    "en": "Latin America and the Caribbean",
    "pt": "América Latina e Caribe",
    "fr": "Amérique latine et Caraïbes",
}
Node = dict[str, Any]


def catalogue(terms: Terms, extents: Mapping[str, Extent], files: list[LedgerFile]) -> Node:
    """The whole catalogue; `files` are the versions of the ledger that are served, the newest first."""
    return {
        "@context": CONTEXT,
        "@id": _url(PATH),
        "@type": "dcat:Catalog",
        **_named(in_all_languages(lambda: TITLE), in_all_languages(lambda: DESCRIPTION)),
        **_terms(terms),
        "dct:language": [_language(code) for code in CODES],
        "dct:spatial": _region(),
        "foaf:homepage": _link(f"/{DEFAULT}/data/"),
        **_changed(max(filter(None, (_moment(each.changed) for each in extents.values())), default=None)),
        "dcat:service": _service(),
        "dcat:dataset": [
            *(_dataset(each, extents.get(each.name, Extent(None)), terms) for each in datasets()),
            _ledger(terms, files),
        ],
    }


def _dataset(told: Dataset, extent: Extent, terms: Terms) -> Node:
    titles, rows = in_all_languages(lambda: told.title), in_all_languages(lambda: told.row)
    feed = [_link(told.feed_address(DEFAULT))] if told.feed else []
    return {
        "@id": _url(f"/data/#{told.name}"),
        "@type": "dcat:Dataset",
        "dct:identifier": told.name,
        **_named(titles, rows),
        **_terms(terms),
        "dct:language": [_language(code) for code in CODES],
        "dct:spatial": _region(),
        **_changed(_moment(extent.changed)),
        **_years(extent),
        "dcat:landingPage": _link(f"/{DEFAULT}/data/{told.name}/"),
        "foaf:page": [_link(f"/{code}/data/{told.name}/codebook.csv") for code in CODES],
        "dct:relation": feed,
        "dcat:distribution": list(_distributions(told, terms)),
    }


def _distributions(told: Dataset, terms: Terms) -> Iterator[Node]:
    for form in FORMS:
        for code in CODES:
            address = _url(told.file(code, form))
            yield {
                "@id": address,
                "@type": "dcat:Distribution",
                "dct:title": f"{form.upper()} ({code})",
                "dcat:downloadURL": {"@id": address},
                "dcat:accessURL": _link(f"/{code}/data/{told.name}/"),
                **_form(form),
                "dct:language": _language(code),
                "dct:license": {"@id": terms.licence_url},
            }
    if told.api:
        yield {
            "@id": _url(told.api),
            "@type": "dcat:Distribution",
            "dct:title": "API",
            "dcat:accessURL": _link(told.api),
            "dcat:accessService": _link("/api/v1/"),
            **_form("json"),
            "dct:license": {"@id": terms.licence_url},
        }


def _ledger(terms: Terms, files: list[LedgerFile]) -> Node:
    names = in_all_languages(lambda: LEDGER)
    newest = {"dcat:version": files[0].name, **_changed(files[0].made_at)} if files else {}
    return {
        "@id": _url("/data/#ledger"),
        "@type": "dcat:Dataset",
        "dct:identifier": "ledger",
        **_named(names, in_all_languages(lambda: DESCRIPTION)),
        **_terms(terms),
        "dct:language": [_language(code) for code in CODES],
        "dct:spatial": _region(),
        "dcat:landingPage": _link(f"/{DEFAULT}/data/"),
        **newest,
        "dcat:distribution": [_file(each, terms) for each in files],
    }


def _file(file: LedgerFile, terms: Terms) -> Node:
    return {
        "@id": _url(file.path),
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dcat:downloadURL": _link(file.path),
        "dcat:accessURL": _link(f"/{DEFAULT}/data/"),
        **_form("zip"),
        "dct:license": {"@id": terms.licence_url},
        "dct:issued": _typed(file.made_at.isoformat(timespec="seconds"), "dateTime"),
        "dcat:byteSize": _typed(str(file.size), "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
        },
    }


def _service() -> Node:
    return {
        "@id": _url("/api/v1/"),
        "@type": "dcat:DataService",
        "dct:title": "API",
        "dcat:endpointURL": _link("/api/v1/"),
        "dcat:endpointDescription": _link("/api/v1/openapi.json"),
    }


def _named(titles: Mapping[str, str], descriptions: Mapping[str, str]) -> Node:
    return {"dct:title": _texts(titles), "dct:description": _texts(descriptions)}


def _texts(said: Mapping[str, str]) -> list[Node]:
    return [{"@value": text, "@language": code} for code, text in said.items()]


def _terms(terms: Terms) -> Node:
    contact = {
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": terms.publisher,
            "vcard:hasEmail": {"@id": f"mailto:{terms.contact}"},
        }
    }
    return {
        "dct:license": {"@id": terms.licence_url},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": terms.texts},
        "dct:publisher": {
            "@id": _url("/#publisher"),
            "@type": "foaf:Organization",
            "foaf:name": terms.publisher,
        },
        **(contact if terms.contact else {}),
    }


def _form(form: str) -> Node:
    return {"dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA[form]}"}}


def _years(extent: Extent) -> Node:
    if extent.years is None:
        return {}
    first, last = (_typed(f"{year:04d}", "gYear") for year in extent.years)
    period = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
    return {"dct:temporal": period}


def _changed(at: datetime | None) -> Node:
    return {"dct:modified": _typed(at.isoformat(timespec="seconds"), "dateTime")} if at else {}


def _moment(at: datetime | date | None) -> datetime | None:
    return at if isinstance(at, datetime) else None


def _region() -> Node:
    """Code 419 of the United Nations' M49."""
    return {"@type": "dct:Location", "rdfs:label": _texts(REGION), "dct:identifier": "M49:419"}


def _language(code: str) -> Node:
    return {"@id": f"{_LANGUAGE}{_NAMES[code]}"}


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _link(path: str) -> Node:
    return {"@id": _url(path)}


def _url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
