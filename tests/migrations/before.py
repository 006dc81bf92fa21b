"""What stands in a database of commit fe7423a, read with plain SQL; the test and `make_first_slice` call it.

These are that commit's tables for ever: never change this module when a model moves. `reading` finds the same
facts through today's models, and `test_first_slice` compares the two.
"""

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

Facts = dict[str, Any]
Row = dict[str, Any]

CODES = ("es", "en", "pt", "fr")
PATHS = {"I": "interventions", "P": "pledges", "O": "organizations"}
LETTERS = {"intervention": "I", "pledge": "P", "organization": "O"}

TALLIES = {
    "organizations by state": "SELECT state FROM organizations_organization",
    "memberships by role": "SELECT role FROM organizations_membership",
    "interventions by state": "SELECT state FROM consultations_intervention",
    "interventions by kind": "SELECT form FROM consultations_intervention",
    "pledges by state": "SELECT lifecycle FROM pledges_pledge",
    "pledges by reported stage": "SELECT stage FROM pledges_pledge",
    "decisions": "SELECT kind || ' ' || action FROM moderation_decision",
    "events": "SELECT object_kind || ' ' || action FROM common_event",
    "records": "SELECT kind || ' ' || state FROM publication_record",
    "versions": """
        SELECT r.kind || ' ' || v.number FROM publication_recordversion v
        JOIN publication_record r ON r.id = v.record_id""",
    "translations": "SELECT kind FROM publication_recordtranslation",
    "links": "SELECT relation FROM publication_recordlink",
    "pages by language": """
        SELECT l.language_code FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id""",
    "tables": """
        SELECT 'users' FROM accounts_user UNION ALL
        SELECT 'page revisions' FROM wagtailcore_revision UNION ALL
        SELECT 'answered questions' FROM consultations_interventionanswer UNION ALL
        SELECT 'outcomes of pledges' FROM pledges_pledgeoutcome UNION ALL
        SELECT 'sources of pledges' FROM pledges_pledgeintervention UNION ALL
        SELECT 'organization types' FROM taxonomy_organizationtype UNION ALL
        SELECT 'concepts' FROM taxonomy_concept UNION ALL
        SELECT 'library documents' FROM library_librarydocument UNION ALL
        SELECT 'library passages' FROM library_librarypassage UNION ALL
        SELECT 'saved searches' FROM saved_savedsearch UNION ALL
        SELECT 'dossiers' FROM dossiers_dossier UNION ALL
        SELECT 'collected passages' FROM dossiers_item UNION ALL
        SELECT 'shares of dossiers' FROM dossiers_share""",
}


def facts(connection: sqlite3.Connection) -> Facts:
    """Everything that a migration must leave as it is, in plain JSON values."""
    connection.row_factory = sqlite3.Row
    return {
        "counts": {name: _tally(connection, sql) for name, sql in TALLIES.items()},
        "organizations": _organizations(connection),
        "interventions": _interventions(connection),
        "pledges": _pledges(connection),
        "receipts in the log": _logged_receipts(connection),
        "decisions": _decisions(connection),
        "records": _records(connection),
        "questions": _questions(connection),
        "documents": _documents(connection),
    }


def counts(facts: Facts) -> Facts:
    """The part that people read: how many of each, and how many ways submissions came to where they are."""
    return facts["counts"] | {
        "interventions": len(facts["interventions"]),
        "pledges": len(facts["pledges"]),
        "receipts": sum(bool(row["receipt"]) for row in _submissions(facts)),
        "receipts of what stands there now": sum(row["receipt_fits"] for row in _submissions(facts)),
        "receipts in the log": sum(map(len, facts["receipts in the log"].values())),
        "questions": len(facts["questions"]),
    }


def answers(facts: Facts) -> dict[str, list[Any]]:
    """Where each permanent address ends in one language, and with what status."""
    rows = {**facts["records"], **facts["questions"], **facts["documents"]}
    return {public_id: _answer(public_id, row["addresses"]) for public_id, row in rows.items()}


def language_for(public_id: str) -> str:
    """One of the four, always the same for the same number: asking for all four takes four times as long."""
    return CODES[sum(public_id.encode()) % len(CODES)]


def _answer(public_id: str, addresses: dict[str, str]) -> list[Any]:
    return [addresses[language_for(public_id)], 200] if addresses else [f"/r/{public_id}/", 410]


def digest_of(content: Row) -> str:
    """SHA-256 of canonical JSON, as receipts and versions of that commit were made."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _submissions(facts: Facts) -> list[Row]:
    return [*facts["interventions"].values(), *facts["pledges"].values()]


def _tally(connection: sqlite3.Connection, sql: str) -> dict[str, int]:
    return dict(sorted(Counter(row[0] for row in connection.execute(sql)).items()))


def _organizations(connection: sqlite3.Connection) -> Facts:
    members: dict[int, list[list[str]]] = defaultdict(list)
    sql = """SELECT m.organization_id, u.email, m.role FROM organizations_membership m
             JOIN accounts_user u ON u.id = m.user_id ORDER BY u.email"""
    for organization, email, role in connection.execute(sql):
        members[organization].append([email, role])
    rows = _rows(connection, "SELECT * FROM organizations_organization")
    return {
        _uuid(row["key"]): {
            **_plain(row, "name", "type_code", "country", "language", "state", "reason", "description"),
            **_times(row, "created_at", "submitted_at", "decided_at"),
            "members": members[row["id"]],
        }
        for row in rows
    }


WRITTEN = """
    SELECT s.*, o.key AS organization_key, u.email AS author FROM {table} s
    JOIN organizations_organization o ON o.id = s.organization_id
    LEFT JOIN accounts_user u ON u.id = s.author_id"""


def _interventions(connection: sqlite3.Connection) -> Facts:
    questions = _lists(
        connection,
        "SELECT intervention_id, question_key FROM consultations_interventionanswer ORDER BY position, id",
    )
    rows = {}
    for row in _rows(connection, WRITTEN.format(table="consultations_intervention")):
        content = {
            "kind": "intervention",
            "key": _uuid(row["key"]),
            "organization": _uuid(row["organization_key"]),
            **_plain(row, "form", "language", "country", "title", "body"),
            "questions": [_uuid(key) for key in questions[row["id"]]],
            "recommendations": json.loads(row["recommendations"]),
        }
        more = {"translations": json.loads(row["translations"])}
        rows[content["key"]] = _submission(row, row["state"], content) | more
    return rows


def _pledges(connection: sqlite3.Connection) -> Facts:
    outcomes = _lists(connection, "SELECT pledge_id, outcome FROM pledges_pledgeoutcome ORDER BY id")
    sources = _lists(
        connection, "SELECT pledge_id, intervention_key FROM pledges_pledgeintervention ORDER BY id"
    )
    rows = {}
    for row in _rows(connection, WRITTEN.format(table="pledges_pledge")):
        content = {
            "kind": "pledge",
            "key": _uuid(row["key"]),
            "organization": _uuid(row["organization_key"]),
            **_plain(row, "external_id", "forum", "stage", "language", "country", "title", "description"),
            "outcomes": outcomes[row["id"]],
            "interventions": [_uuid(key) for key in sources[row["id"]]],
        }
        rows[content["key"]] = _submission(row, row["lifecycle"], content)
    return rows


def _submission(row: Row, state: str, content: Row) -> Row:
    """State, words and the last receipt. `receipt_fits` until somebody edits what was returned."""
    receipt = [row["receipt_number"], row["receipt_digest"]] if row["receipt_number"] else []
    return {
        "state": state,
        "content": content,
        "author": row["author"],
        **_plain(row, "revision", "reason"),
        "submit_key": _uuid(row["submit_key"]),
        **_times(row, "created_at", "updated_at", "submitted_at", "decided_at"),
        "receipt": receipt,
        "receipt_fits": bool(receipt) and digest_of(content) == row["receipt_digest"],
    }


def _logged_receipts(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Each receipt ever given, by what was submitted: the rows keep only the last."""
    sql = "SELECT object_key, details FROM common_event WHERE action = 'submitted' ORDER BY id"
    numbers: dict[str, list[str]] = defaultdict(list)
    for key, details in connection.execute(sql):
        if number := json.loads(details).get("receipt"):
            numbers[key].append(number)
    return dict(numbers)


def _decisions(connection: sqlite3.Connection) -> list[list[Any]]:
    sql = """SELECT d.*, u.email FROM moderation_decision d JOIN accounts_user u ON u.id = d.decided_by_id
             ORDER BY d.id"""
    return [
        [
            row["kind"],
            _uuid(row["object_key"]),
            row["action"],
            row["reason"],
            row["email"],
            _time(row["decided_at"]),
        ]
        for row in _rows(connection, sql)
    ]


def _records(connection: sqlite3.Connection) -> Facts:
    """By public number. The year and the facts of a record are left out: later rules read them otherwise."""
    versions, translations, links = (
        _grouped(connection, f"SELECT * FROM publication_{table} ORDER BY record_id, {order}")
        for table, order in (
            ("recordversion", "number"),
            ("recordtranslation", "language"),
            ("recordlink", "relation, target"),
        )
    )
    records = {}
    for row in _rows(connection, "SELECT * FROM publication_record"):
        number = _number(row["kind"], row["id"])
        records[number] = {
            **_plain(row, "kind", "state", "language", "title", "summary", "type_code", "country", "version"),
            "source_key": _uuid(row["source_key"]),
            "organization": _number("organization", row["organization_id"]),
            "texts": json.loads(row["texts"]),
            **_times(row, "published_at", "updated_at", "withdrawn_at"),
            "versions": [_version(each) for each in versions[row["id"]]],
            "translations": [
                [each["language"], each["kind"], each["of_version"], each["title"], json.loads(each["texts"])]
                for each in translations[row["id"]]
            ],
            "links": [[each["relation"], each["target"]] for each in links[row["id"]]],
            "addresses": _addresses(number, row["state"]),
        }
    return records


def _version(row: Row) -> list[Any]:
    """Number, digest, whether the content still has it, and when."""
    is_whole = digest_of(json.loads(row["content"])) == row["digest"]
    return [row["number"], row["digest"], is_whole, _time(row["published_at"])]


def _addresses(number: str, state: str) -> dict[str, str]:
    """Its page in each language; none when it was withdrawn."""
    if state != "published":
        return {}
    return {code: f"/{code}/{PATHS[number[0]]}/{number}/" for code in CODES}


def _questions(connection: sqlite3.Connection) -> Facts:
    """The page of each guiding question in each language; the demo has all of them in four."""
    sql = """SELECT p.translation_key, l.language_code, p.url_path FROM consultations_guidingquestionpage q
             JOIN wagtailcore_page p ON p.id = q.page_ptr_id JOIN wagtailcore_locale l ON l.id = p.locale_id
             WHERE p.live ORDER BY l.id"""
    addresses_of: dict[str, dict[str, str]] = defaultdict(dict)
    for key, code, url_path in connection.execute(sql):
        addresses_of[_uuid(key)][code] = f"/{code}/{url_path.split('/', 2)[2]}"
    return {key: {"addresses": addresses} for key, addresses in addresses_of.items()}


def _documents(connection: sqlite3.Connection) -> Facts:
    return {
        f"D-{row['id']:05d}": {
            **_plain(row, "title", "language", "sha256"),
            "addresses": {code: f"/{code}/library/D-{row['id']:05d}/" for code in CODES},
        }
        for row in _rows(connection, "SELECT * FROM library_librarydocument")
    }


def _rows(connection: sqlite3.Connection, sql: str) -> list[Row]:
    return [dict(row) for row in connection.execute(sql)]


def _lists(connection: sqlite3.Connection, sql: str) -> dict[int, list[str]]:
    values: dict[int, list[str]] = defaultdict(list)
    for owner, value in connection.execute(sql):
        values[owner].append(value)
    return values


def _grouped(connection: sqlite3.Connection, sql: str) -> dict[int, list[Row]]:
    rows_of: dict[int, list[Row]] = defaultdict(list)
    for row in _rows(connection, sql):
        rows_of[row["record_id"]].append(row)
    return rows_of


def _plain(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


def _times(row: Row, *names: str) -> Row:
    return {name: _time(row[name]) for name in names}


def _time(text: str | None) -> str | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).isoformat() if text else None


def _uuid(text: str) -> str:
    return str(UUID(text))


def _number(kind: str, pk: int | None) -> str:
    return f"{LETTERS[kind]}-{pk:05d}" if pk else ""
