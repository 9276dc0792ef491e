"""Groups of commands that are built when they are asked for: what a command takes is worked out
for the one that runs, not for the other forty.
"""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group

from casereview.cli.help_page import Page

_LIBRARY: Any = TyperGroup.context_class  # the parser itself is private to its library


Run = TypeVar("Run", bound=Callable[..., Any])  # what a command does


class Desk(_LIBRARY):  # type: ignore[misc]
    """Where a command stands while it runs."""

    formatter_class = Page


class Command(TyperCommand):
    """A command with a page of help in Chinese."""

    context_class = Desk


class Group(TyperGroup):
    """Commands, of which those that were only announced are built when they are asked for."""

    context_class = Desk

    def announce(self, name: str, told: str | None, build: Callable[[], Any]) -> None:
        """Let a command stand in the list until somebody wants it."""
        self.commands[name] = Command(name, help=inspect.cleandoc(told or ""))
        self.later = {**getattr(self, "later", {}), name: build}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None where there is none."""
        if build := getattr(self, "later", {}).pop(cmd_name, None):
            self.commands[cmd_name] = build()
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Every command with the first paragraph of its help, in full."""
        rows = [(n, _first(c.help)) for n, c in self.commands.items() if not c.hidden]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


def _first(told: str | None) -> str:
    """The first paragraph."""
    return re.split(r"\n\s*\n", (told or "").strip())[0]


class Commands(typer.Typer):
    """A group of commands as it is written down."""

    def __init__(self, **said: Any):
        super().__init__(cls=Group, rich_markup_mode=None, **said)

    def command(self, name: str | None = None, **said: Any) -> Callable[[Run], Run]:
        """Add the function below as a command."""
        return super().command(name, cls=Command, **said)


def built(app: Commands) -> Group:
    """The group that runs: its own options at once, its commands when they are asked for."""
    bare = copy.copy(app)
    bare.registered_commands, bare.registered_groups = [], []
    group = cast(Group, get_group(bare))
    for info in app.registered_commands:
        made = partial(
            get_command_from_info, info, pretty_exceptions_short=True, rich_markup_mode=None
        )
        name = info.name or get_command_name(getattr(info.callback, "__name__", ""))
        group.announce(name, info.help or info.callback.__doc__, made)
    for part in app.registered_groups:
        under = cast(Commands, part.typer_instance)
        group.announce(str(part.name), under.info.help, partial(_under, under, str(part.name)))
    return group


def _under(app: Commands, name: str) -> Group:
    """A group under another."""
    group = built(app)
    group.name = name
    return group
