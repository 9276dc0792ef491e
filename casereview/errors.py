"""What can go wrong, and the exit code that says so.

CaseReviewError
├── UsageError            2  wrong usage
│   └── NotUnique            a name that stands for several things
├── RulesRefused          3  checklist, parameters or document names refused (all complaints at
                          once)
├── NothingReadable       4  nothing readable at PATH
└── StoreUnusable         5  store locked, newer, damaged
ReadFailure                  one file could not be read; never leaves its file
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; part of the stable interface (DESIGN 3.2)."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    RULES_REFUSED = 3
    NOTHING_READABLE = 4
    STORE_UNUSABLE = 5
    PARTLY_UNREAD = 6
    INTERRUPTED = 130


class CaseReviewError(Exception):
    """An error told to a person: what happened, where, what to do next."""

    exit_code = ExitCode.USAGE


class UsageError(CaseReviewError):
    """The command cannot be carried out as it was written."""


class NotUnique(UsageError):
    """A name stands for more than one thing."""


class RulesRefused(CaseReviewError):
    """A rule file was refused. ``complaints``: every fault found, each with file and line."""

    exit_code = ExitCode.RULES_REFUSED

    def __init__(self, complaints: list[str]):
        self.complaints = complaints
        super().__init__("\n".join(complaints))


class NothingReadable(CaseReviewError):
    """PATH holds no case that can be read."""

    exit_code = ExitCode.NOTHING_READABLE


class StoreUnusable(CaseReviewError):
    """The database cannot be used; nothing was written to it."""

    exit_code = ExitCode.STORE_UNUSABLE


class ReadFailure(Exception):
    """One file could not be read.

    ``outcome`` is one of the stored words of RELIABILITY 2.1 (encrypted, damaged, unsupported,
    too_large, too_slow, skipped).
    """

    def __init__(self, outcome: str, detail: str = ""):
        self.outcome, self.detail = outcome, detail
        super().__init__(f"{outcome}: {detail}")
