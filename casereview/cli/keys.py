"""What a person presses and types at the terminal."""

from __future__ import annotations

import sys

import typer

from casereview.cli.shared import tell


def at_terminal() -> bool:
    """True when somebody can press keys."""
    return sys.stdin.isatty()


def pressed() -> str:
    """One key (' ' for one that shows nothing); without a terminal the next line. '' at the end."""
    if not at_terminal():
        return line("").lower()
    try:
        key = typer.getchar(echo=True)
    except EOFError:
        return ""
    typer.echo()
    return (key.strip().lower() or " ") if key else ""


def agreed(question: str) -> bool:
    """Whether the person says yes to what cannot be undone; without a terminal it is no."""
    if not at_terminal():
        return False
    return line(f"{question}（是/否）：").lower() in ("是", "y", "yes", "shi")


def line(text: str) -> str:
    """A line; ``text``: what it is asked with."""
    if text:
        tell(text)
    return sys.stdin.readline().strip()
