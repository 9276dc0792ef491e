"""What people decided and did, in one append-only chain: campaigns and their rounds, rulings,
submissions, papers issued, answers, objections, outcomes, samples.

Every entry carries the hash of the one before it, so that an edit or a deletion inside the chain
shows; the head of the chain is printed on what is
issued, and paper is the witness (RELIABILITY 4.6). ``uid`` is over the content alone: the same
entry imported twice is one entry, in any order.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from casereview.errors import UsageError
from casereview.record.canonical_json import canonical
from casereview.record.entries import BODIES, Body, CaseErased
from casereview.record.identity import digest
from casereview.record.store import Store

SCHEMA = "casereview.events/1"
SALT = "salt"
ARCHIVE = "这是归档的数据库，只能查看；现在的评查请用原来的数据库（--db）。"
KINDS = (
    "campaign.open",
    "campaign.round",
    "campaign.run",
    "campaign.drawn",
    "run.name",
    "run.aside",
    "ruling",
    "panel.assign",
    "panel.submit",
    "papers.issue",
    "rectify.issue",
    "rectify.answer",
    "rectify.objection",
    "rectify.decision",
    "rectify.explained",
    "outcome",
    "sample",
    "unmasked",
    "erased",
    "archive.moved",
    "archive.holds",
)
IN_ARCHIVE = ("unmasked", "erased")  # what may still be said in an archive


@dataclass(frozen=True)
class Event:
    """One entry: when (ISO, UTC), who, what kind, and its content; ``uid`` follows from these."""

    at: str
    actor: str
    kind: str
    body: dict[str, Any]

    @property
    def uid(self) -> str:
        """What the entry is known by in every store."""
        return digest("ev/1", self.at, self.actor, self.kind, canonical(self.body))

    @property
    def order(self) -> tuple[str, str]:
        """Its place among others: by time, then by what it says, the salt apart."""
        said = {k: v for k, v in self.body.items() if k != SALT}
        return self.at, digest("ev/1", self.at, self.actor, self.kind, canonical(said))


B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Entry(Generic[B]):
    """An entry of one kind: when (ISO, UTC), who, and what it says."""

    at: str
    by: str
    uid: str
    body: B


def event_of(at: str, by: str, body: Body) -> Event:
    """The entry that says ``body``. Its salt goes with what is erased of it one day: what stays,
    the hash, can then not be guessed at.
    """
    content = msgspec.json.decode(msgspec.json.encode(body))
    return Event(at, by, body.KIND, content | {SALT: secrets.token_hex(8)})


def entry_of(event: Event, kind: type[B]) -> Entry[B]:
    """An entry as the noun of its kind. Raises UsageError."""
    try:
        return Entry(event.at, event.actor, event.uid, msgspec.convert(event.body, kind))
    except msgspec.ValidationError as e:
        raise UsageError(
            f"{event.at} {event.actor} 的记录（{event.kind}）内容不全，不能采用：{e}"
        ) from e


def _hash(prev: str, e: Event) -> str:
    return hashlib.sha256(
        (
            "casereview/1\n"
            + prev
            + canonical({"at": e.at, "actor": e.actor, "kind": e.kind, "body": e.body})
        ).encode()
    ).hexdigest()


class Journal:
    """The chain in an open store."""

    def __init__(self, store: Store):
        self.store = store

    def add(self, events: list[Event], seal: Callable[[], None] = lambda: None) -> int:
        """Append what is not there yet, all or nothing, flushed to the disk before it returns.
        Returns how many were new. Raises StoreUnusable.

        ``seal`` is called when all stands in the chain and nothing counts yet; what it raises takes
        everything back.
        """
        with self.store.writing("这一次的记录没有写入，已有的保持完整。") as conn:
            prev = self.head(full=True)
            new = 0
            closed = self.is_archive()
            for e in events:
                if closed and e.kind not in IN_ARCHIVE:
                    raise UsageError(ARCHIVE)
                if e.kind not in KINDS:
                    raise UsageError(f"不认识的记录种类“{e.kind}”")
                if conn.execute("SELECT 1 FROM events WHERE uid=?", [e.uid]).fetchone():
                    continue
                mine = _hash(prev, e)
                conn.execute(
                    "INSERT INTO events (uid, at, actor, kind, body, prev, hash) VALUES"
                    " (?,?,?,?,?,?,?)",
                    [e.uid, e.at, e.actor, e.kind, canonical(e.body), prev, mine],
                )
                prev, new = mine, new + 1
            seal()
        return new

    def read(self, *kinds: str) -> list[Event]:
        """Entries of these kinds (all when none is named) by time, then content: the order in which
        they count, whatever the order of import.
        """
        sql = "SELECT at, actor, kind, body FROM events" + (
            f" WHERE kind IN ({','.join('?' * len(kinds))})" if kinds else ""
        )
        rows = [
            Event(at, actor, kind, json.loads(body))
            for at, actor, kind, body in self.store.db.execute(sql, list(kinds)).fetchall()
        ]
        return sorted(rows, key=lambda e: e.order)

    def entries(self, kind: type[B]) -> list[Entry[B]]:
        """Entries of one kind as nouns, in the order in which they count."""
        return [entry_of(e, kind) for e in self.read(kind.KIND)]

    def head(self, *, full: bool = False) -> str:
        """The hash of the last entry ('' when there is none): 16 digits for printing."""
        row = self.store.db.execute("SELECT hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        return (row[0] if full else row[0][:16]) if row else ""

    def broken(self) -> str:
        """'' when the chain is whole, else a sentence naming the first entry that does not fit."""
        prev = ""
        written_over = {o.uid: o.now for e in self.entries(CaseErased) for o in e.body.entries}
        for seq, uid, at, actor, kind, body, before, mine in self.store.db.execute(
            "SELECT seq, uid, at, actor, kind, body, prev, hash FROM events ORDER BY seq"
        ).fetchall():
            whole = mine == _hash(prev, Event(at, actor, kind, json.loads(body)))
            erased = uid in written_over and written_over[uid] == digest(body)
            if before != prev or not (whole or erased):
                return f"第 {seq} 条记录（{at} {actor}）与前后不衔接，数据库可能被改动过"
            prev = mine
        return ""

    def is_archive(self) -> bool:
        """True in a store that holds archived campaigns: nothing is added to them any more."""
        sql = "SELECT 1 FROM events WHERE kind='archive.holds'"
        return self.store.db.execute(sql).fetchone() is not None

    def has_head(self, printed: str) -> bool:
        """True when a head printed on a list (16 digits) stands in this chain."""
        return bool(
            self.store.db.execute(
                "SELECT 1 FROM events WHERE substr(hash, 1, 16)=?", [printed]
            ).fetchone()
        )


def dump(events: list[Event]) -> str:
    """Entries as a file for another PC."""
    return (
        json.dumps(
            {
                "schema": SCHEMA,
                "events": [
                    {"at": e.at, "actor": e.actor, "kind": e.kind, "body": e.body} for e in events
                ],
            },
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        )
        + "\n"
    )


def load(text: str, name: str) -> list[Event]:
    """Read such a file. Raises UsageError."""
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA:
            raise KeyError("schema")
        events = [
            Event(str(r["at"]), str(r["actor"]), str(r["kind"]), dict(r["body"]))
            for r in data["events"]
        ]
    except (ValueError, KeyError, TypeError) as e:
        raise UsageError(f"{name} 不是 casereview send 写出的文件，没有导入。") from e
    for event in events:
        if event.kind not in KINDS:
            raise UsageError(
                f"{name} 里有不认识的记录种类“{event.kind}”，可能来自更新的版本；没有导入。"
            )
        if event.kind in BODIES:
            entry_of(event, BODIES[event.kind])
    return events
