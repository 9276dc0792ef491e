"""Commands that explain themselves in Chinese, in groups that are built when they are asked for:
what a command takes is worked out for the one that runs, not for the other forty.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import (
    get_command_from_info,
    get_command_name,
    get_group,
    get_install_completion_arguments,
)

from casereview.cli.help import explain, pieces


class Command(TyperCommand):
    """A command that explains itself in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print what it does, and each argument and option."""
        explain(self, ctx)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Options and arguments in the order in which they are typed."""
        return pieces(self, ctx)


class Group(TyperGroup):
    """A command with commands of its own, of which those that were only announced are built when
    they are asked for.
    """

    later: dict[str, Callable[[], Any]] = {}

    def announce(self, name: str, told: str, info: Any, build: Callable[[], Any]) -> None:
        """Let a command stand in the list until somebody wants it. ``info``: how it was registered
        (who uses it, whether it is listed).
        """
        listed = {"hidden": info.hidden is True, "rich_help_panel": info.rich_help_panel}
        self.commands[name] = Command(name, help=told, **listed)
        self.later = {**self.later, name: build}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None where there is none."""
        if cmd_name in self.later:
            self.commands[cmd_name] = self.later[cmd_name]()
            self.later = {name: b for name, b in self.later.items() if name != cmd_name}
        return self.commands.get(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print what it is for, its commands by who uses them, and its options."""
        explain(self, ctx)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Options, then one of the commands."""
        return [*pieces(self, ctx), "命令 …"]


class Commands(typer.Typer):
    """A group of commands as it is written down."""

    def __init__(self, **settings: Any):
        super().__init__(cls=Group, pretty_exceptions_enable=False, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Register a function as a command."""
        return super().command(name, cls=Command, **settings)


def built(app: Commands) -> Group:
    """The program that runs: its own options at once, its commands when they are asked for."""
    group = _group(app)
    group.params += get_install_completion_arguments()
    return group


def _group(app: Commands) -> Group:
    bare = copy.copy(app)
    bare.registered_commands, bare.registered_groups = [], []
    group: Any = get_group(bare)
    for info in app.registered_commands:
        name = info.name or get_command_name(getattr(info.callback, "__name__", ""))
        make: Callable[[], Any] = partial(
            get_command_from_info, info, pretty_exceptions_short=True, rich_markup_mode=None
        )
        group.announce(name, inspect.getdoc(info.callback) or "", info, make)
    for part in app.registered_groups:
        under: Any = part.typer_instance
        make = partial(_named, under, str(part.name))
        group.announce(str(part.name), under.info.help, part, make)
    return cast(Group, group)


def _named(app: Commands, name: str) -> Group:
    """A group under another."""
    group = _group(app)
    group.name = name
    return group
