"""The manuals show what is there: every session in them is typed again and says the same."""

from __future__ import annotations

import re
import sys
from dataclasses import replace

import pytest
from conftest import ROOT, SAMPLES
from test_campaign import Silent
from test_misread import said

from casereview.cli.app import COMMANDS
from casereview.cli.groups import Commands
from casereview.run import local
from casereview.run.campaign import Order, score_folder
from casereview.run.ended import ended
from casereview.run.engine import Done, Step
from casereview.run.listener import Listener

EVERY = {name: command for group in COMMANDS.values() for name, command in group.items()}
SESSION = re.compile(r"^```console\n(.*?)^```", re.S | re.M)
LEFT_OUT = "……"


class Known(Silent):
    """An engine that has scored the samples before."""

    def __init__(self, results):
        super().__init__()
        self.results = results

    def run(self, jobs, listen):
        """What is known of a case; all else is done here."""
        for job in jobs:
            if known := self.results.get(job.name.rpartition("/")[2]):
                listen(job.name, Step("", 0))
                yield Done(job, ended(replace(known, case=job.name)))
            else:
                yield from super().run([job], listen)


def sessions():
    """Each command of a manual with the lines that are shown of it."""
    for block in SESSION.findall((ROOT / "README.zh-CN.md").read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            yield command.split()[1:], shown.splitlines()


def test_what_the_manual_shows_is_what_is_said(sample_results, tmp_path, monkeypatch, capsys):
    """Line by line, in the order in which they stand; …… stands for lines that are left out."""
    (tmp_path / "samples").symlink_to(SAMPLES.parent)
    monkeypatch.chdir(tmp_path)
    for name, value in (("CASEREVIEW_DB", ""), ("CASEREVIEW_REVIEWER", "张三"), ("COLUMNS", "80")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", sys.stdout)
    monkeypatch.setattr(local, "Local", lambda n: Known(sample_results))
    count = 0
    for words, shown in sessions():
        text = said(words, monkeypatch, capsys)[1]
        lines = iter(text.splitlines())
        for line in shown:
            if line not in ("", LEFT_OUT):
                assert line in lines, f"{' '.join(words)} does not say:\n{line}\n\n{text}"
                count += 1
    assert count > 20


def test_a_case_scored_alone_is_compared_alone(sample_results, tmp_path):
    """Nothing is said of cases that were not looked at again."""
    unit, moment = SAMPLES / "芦汀县水务局", iter("12345678")
    for folder in (unit, unit / "芦水罚决〔2025〕14号 禾盛建材厂"):
        order = Order(folder, tmp_path / "a.db", "2026-05-06")
        engine, clock = Known(sample_results), (lambda: f"2026-05-06T00:00:0{next(moment)}Z")
        done = score_folder(order, engine, clock, Listener())
    faults = sum(h.fails for h in done.results)
    assert done.before == 1 and faults == 4
    assert {k: n for k, n in done.changed.items() if n} == {"未整改": faults}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_manuals_name_every_command(name):
    """Each of them, as it is typed."""
    text = (ROOT / name).read_text("utf-8")
    assert not [c for c in EVERY if f"casereview {c}" not in text]


def typed(line):
    """The commands of a line of a manual: words of the command, and the options it names."""
    written = re.split(r"\s{2,}", line.strip())[0]
    for part in re.split(r"；|&&", written):
        words = part.strip().removeprefix("casereview ").split()
        if words and words[0] in EVERY:
            yield words, re.findall(r"(?<!\S)--[a-z-]+", part)


def test_every_option_of_the_manuals_is_one_of_its_command(monkeypatch, capsys):
    """As the help of the command lists it."""
    count = 0
    for name in ("README.md", "README.zh-CN.md"):
        for line in (ROOT / name).read_text("utf-8").splitlines():
            if not line.startswith("    casereview "):
                continue
            for words, options in typed(line):
                group = isinstance(EVERY[words[0]], Commands)
                below = group and re.fullmatch("[a-z][a-z-]+", "".join(words[1:2]))
                own = words[:2] if below else words[:1]
                code, text = said([*own, "--help"], monkeypatch, capsys)
                assert code == 0, line
                for option in options:
                    assert re.search(rf"{option}\b", text), f"{option}: {line}"
                    count += 1
    assert count > 40
