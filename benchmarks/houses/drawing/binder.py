"""Binds the papers of a case into files, in the medium of the house, and labels what lies where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from drawing.concluding import stranger
from drawing.docx import set_docx
from drawing.fonts import can_scan
from drawing.front import catalogue, cover, in_order, last_page
from drawing.house import House
from drawing.mutation import mutate
from drawing.paper import Paper
from drawing.pdf import Look, set_pdf
from drawing.procedure import procedure

Story = dict[str, Any]
Label = dict[str, Any]
UNSAFE = re.compile(r'[\\/:*?"<>|\n]')


def safe(name: str) -> str:
    """A name that every file system takes."""
    return UNSAFE.sub("", name).strip()[:60]


class Binder:
    """One case of a house on its way into a folder."""

    def __init__(self, house: House, story: Story, mutations: list[str] | None = None):
        self.h = house
        self.mutations = mutations or []
        self.case, papers = procedure(house.procedure).papers(house, story)
        if story.get("stranger"):
            strange = stranger(self.case)
            strange.stage = 3
            papers.insert(len(papers) - 3, strange)
        self.papers = in_order(house, story, papers)
        house.long_catalogue = "catalogue" in self.mutations
        look_font = {"仿": "plain"}.get(house.shape("字体"), house.shape("字体"))
        if house.medium in ("scan", "mixed"):
            look_font = house.words.dice("scan.font").choice(["文", "黑"])
        self.look = Look(
            font=look_font,
            heading=house.words.dice("heading").choice(["黑", "宋", "黑"]),
            size=house.words.dice("size").choice([11, 12, 12, 13]),
            by_hand=house.by_hand,
        )
        self.labels: list[Label] = []

    def folder_name(self) -> str:
        """The name of the case folder."""
        c = self.case
        return safe(
            str(self.h.shape("案名")).format(
                n=c.s["n"],
                party=c.party["name"],
                number=c.main_number(),
                cause=c.s["cause"],
                year=c.year,
            )
        )

    def pages(self) -> list[int]:
        """Pages that each paper takes."""
        return set_pdf(self.papers, self.look)[1]

    def bound(self) -> list[Paper]:
        """All papers with cover, catalogue and last page."""
        if "order" in self.mutations:
            mutate(self.papers, ["order"], f"{self.h.seed}/{self.case.s['n']}")
        counts = self.pages()
        rows, at = [], 1
        for paper, count in zip(self.papers, counts, strict=True):
            rows.append((paper, at, at + count - 1))
            at += count
        out = [*cover(self.case), *catalogue(self.case, rows), *self.papers]
        if self.h.backup_paper and self.h.procedure != "summary":
            out.append(last_page(self.case, at - 1))
        return out

    def label(self, paper: Paper, file: str, first: int, pages: int) -> None:
        """Notes what lies where."""
        row = {"file": file, "page_from": first, "page_to": first + pages - 1, "kind": paper.kind}
        if paper.also:
            row["also"] = paper.also
        self.labels.append(row)

    def write(self, folder: Path) -> list[Label]:
        """Writes the case; returns the labels of its documents."""
        folder.mkdir(parents=True, exist_ok=True)
        papers = self.bound()
        rest = [m for m in self.mutations if m != "order"]
        mutate(papers, rest, f"{self.h.seed}/{self.case.s['n']}")
        medium = self.h.medium
        if medium in ("merged", "scan"):
            self._one_file(folder, papers, medium)
        elif medium == "parts":
            self._parts(folder, papers)
        else:
            self._files(folder, papers, medium)
        return self.labels

    def _one_file(self, folder: Path, papers: list[Paper], medium: str) -> None:
        c = self.case
        name = safe(
            str(self.h.shape("合卷名")).format(
                n=c.s["n"], number=c.main_number(), party=c.party["name"]
            )
        )
        front = sum(1 for p in papers[:2] if p.kind in ("卷宗封面", "卷内目录"))
        numbered = self.h.procedure != "ordinary" or self.h.words.chance("numbered", 0.7)
        data, counts = set_pdf(papers, self.look, None)
        skip = sum(counts[:front])
        if numbered:
            data, counts = set_pdf(papers, self.look, 1 - skip)
        if medium == "scan":
            data = self._scan(data, name)
        (folder / name).write_bytes(data)
        at = 1
        for paper, count in zip(papers, counts, strict=True):
            self.label(paper, name, at, count)
            at += count

    def _scan(self, data: bytes, name: str) -> bytes:
        from drawing.scan import scanned

        if not can_scan():
            raise SystemExit("scans need an installed Chinese font, see drawing/fonts.py")
        return scanned(data, f"{self.h.seed}/{self.case.s['n']}/{name}")

    def _files(self, folder: Path, papers: list[Paper], medium: str) -> None:
        pattern = str(self.h.shape("文件名"))
        for n, paper in enumerate(papers, 1):
            stem = safe(pattern.format(n=n, title=paper.title.replace(" ", "")))
            if medium == "docx":
                name = f"{stem}.docx"
                (folder / name).write_bytes(set_docx(paper, self.look.by_hand))
                self.label(paper, name, 1, 1)
                continue
            data, counts = set_pdf([paper], self.look)
            if medium == "mixed" and paper.signed:
                data = self._scan(data, stem)
            (folder / f"{stem}.pdf").write_bytes(data)
            self.label(paper, f"{stem}.pdf", 1, counts[0])

    def _parts(self, folder: Path, papers: list[Paper]) -> None:
        names = self.h.words.dice("parts").choice(self.h.words.options("shapes", "分部"))
        one_file = self.h.words.chance("parts.one", 0.5)
        for stage, name in enumerate(names):
            mine = [p for p in papers if p.stage == stage]
            if not mine:
                continue
            (folder / name).mkdir(exist_ok=True)
            if one_file:
                data, counts = set_pdf(mine, self.look)
                (folder / name / f"{name}.pdf").write_bytes(data)
                at = 1
                for paper, count in zip(mine, counts, strict=True):
                    self.label(paper, f"{name}/{name}.pdf", at, count)
                    at += count
                continue
            for n, paper in enumerate(mine, 1):
                data, counts = set_pdf([paper], self.look)
                file = f"{name}/{safe(f'{n}{paper.title}')}.pdf"
                (folder / file).write_bytes(data)
                self.label(paper, file, 1, counts[0])
