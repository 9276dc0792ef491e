"""OFD (GB/T 33190) -> pages: text with positions, ruling strokes, pictures, and the stamps of its
signatures.

A small reader of our own: zip and XML, template pages, TextCode with DeltaX/DeltaY runs, CTM and
Boundary, AbbreviatedData paths, composite
objects. Lengths in the file are millimetres; pages are given in points like every other format.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from functools import cached_property
from typing import Any

from lxml import etree
from PIL import Image

from casereview.errors import ReadFailure
from casereview.model import Box, Page, Picture
from casereview.reading import ocr
from casereview.reading.char import Letters
from casereview.reading.images import opened
from casereview.reading.layout import Sheet, read_sheet
from casereview.reading.ofd_draw import (
    MM,
    Drawing,
    Matrix,
    box_of,
    every,
    floats,
    letters,
    local,
    strokes,
    text_of,
    times,
)
from casereview.reading.outlines import drawn
from casereview.reading.safe_open import MAX_PAGES, open_zip, parse_xml, read_member
from casereview.reading.stamps import area, redness, seal_like
from casereview.reading.trust import doubted, is_garbage, is_mute

_FEW = 25  # characters below which a page of pictures or outlines has no text
_OUTLINES = 20  # figures from which a page without text is written in outlines
_OBJECTS = ("TextObject", "PathObject", "ImageObject", "CompositeObject")


class _Package:
    """The zip with forgiving names: back slashes, absolute paths and other case are found in real
    files.
    """

    def __init__(self, data: bytes):
        self.zip = open_zip(data)
        self.names = {self._plain(n): n for n in self.zip.namelist()}

    @staticmethod
    def _plain(name: str) -> str:
        return posixpath.normpath(name.replace("\\", "/").strip().lstrip("/")).lower()

    def find(self, base: str, name: str) -> str | None:
        """Path of the part ``name`` as seen from the part ``base``; None when it is not in the
        package.
        """
        name = name.strip().replace("\\", "/")
        near = posixpath.join(posixpath.dirname(base), name)
        for candidate in [name] if name.startswith("/") else [near, name]:
            if self._plain(candidate) in self.names:
                return self._plain(candidate)
        return None

    def read(self, path: str) -> bytes:
        """Bytes of a part. Raises ReadFailure."""
        return read_member(self.zip, self.names[path])

    def xml(self, path: str | None) -> etree._Element | None:
        """A part as XML; None when it is absent. Raises ReadFailure."""
        return None if path is None else parse_xml(self.read(path))


class _Document:
    """One DocBody: pages, resources, stamps."""

    def __init__(self, package: _Package, root: str, signatures: str | None):
        self.package, self.root = package, root
        self.xml = package.xml(root)
        self.signatures = signatures
        self.area = floats(text_of(next(iter(every(self.xml, "CommonData")), None), "PhysicalBox"))
        self.templates = {
            e.get("ID"): e.get("BaseLoc") or "" for e in every(self.xml, "TemplatePage")
        }

    @cached_property
    def resources(self) -> tuple[dict[str, str], dict[str, Any]]:
        """Pictures by id -> path, and composite graphics by id."""
        media: dict[str, str] = {}
        units: dict[str, Any] = {}
        for e in every(self.xml, "PublicRes") + every(self.xml, "DocumentRes"):
            path = self.package.find(self.root, e.text or "")
            tree = self.package.xml(path)
            if path is None or tree is None:
                continue
            base = posixpath.join(posixpath.dirname(path), tree.get("BaseLoc") or "", "x")
            for m in every(tree, "MultiMedia"):
                at = self.package.find(base, text_of(m, "MediaFile"))
                media |= {m.get("ID") or "": at} if at else {}
            units |= {u.get("ID") or "": u for u in every(tree, "CompositeGraphicUnit")}
        return media, units

    @cached_property
    def stamps(self) -> dict[str, list[Box]]:
        """Page id -> boxes of the stamps that its electronic signatures declare."""
        out: dict[str, list[Box]] = {}
        top = self.package.xml(self.signatures)
        for s in every(top, "Signature"):
            tree = self.package.xml(
                self.package.find(self.signatures or "", s.get("BaseLoc") or "")
            )
            for a in every(tree, "StampAnnot"):
                b = floats(a.get("Boundary"))
                if len(b) == 4:
                    out.setdefault(a.get("PageRef") or "", []).append(_in_points(b))
        return out

    @cached_property
    def annotations(self) -> dict[str, str]:
        """Page id -> part with its annotations (stamps drawn without a signature, watermarks)."""
        out: dict[str, str] = {}
        for e in every(self.xml, "Annotations"):
            path = self.package.find(self.root, e.text or "")
            for p in every(self.package.xml(path), "Page"):
                at = self.package.find(path or "", text_of(p, "FileLoc"))
                if at:
                    out[p.get("PageID") or ""] = at
        return out

    def pages(self) -> list[tuple[str, str | None]]:
        """(page id, path of its part or None when that is missing)."""
        return [
            (p.get("ID") or "", self.package.find(self.root, p.get("BaseLoc") or ""))
            for e in every(self.xml, "Pages")[:1]
            for p in every(e, "Page")
        ]

    def page(self, number: int, page_id: str, path: str | None) -> Page:
        """One page; a missing or broken part is an unreadable page."""
        try:
            tree = self.package.xml(path)
        except ReadFailure:
            tree = None
        if tree is None:
            return Page(number, 595, 842, readable=False, reason="该页的部件缺失或损坏")
        box = floats(text_of(tree, "PhysicalBox")) or self.area or [0, 0, 210, 297]
        width, height = (box[2] * MM, box[3] * MM) if len(box) == 4 else (595.0, 842.0)
        drawing = Drawing()
        for t in every(tree, "Template"):
            part = self.templates.get(t.get("TemplateID"), "")
            where = self.package.find(self.root, part) if part else None
            self._draw(self.package.xml(where), drawing)
        self._draw(tree, drawing)
        self._pinned(page_id, drawing)
        return self._finish(number, width, height, drawing, self.stamps.get(page_id, []))

    def _pinned(self, page_id: str, drawing: Drawing) -> None:
        """What annotations put on a page: stamps, and text that somebody typed over it."""
        at = self.annotations.get(page_id)
        for note in every(self.package.xml(at), "Annot") if at else ():
            if note.get("Visible") == "false":
                continue
            for look in every(note, "Appearance"):
                b = floats(look.get("Boundary"))
                if note.get("Type") == "Stamp" and len(b) == 4:
                    self.stamps.setdefault(page_id, []).append(_in_points(b))
                elif note.get("Type") != "Watermark":
                    corner = b[:2] if len(b) == 4 else [0.0, 0.0]
                    self._block(look, (1.0, 0.0, 0.0, 1.0, *corner), drawing, 0)

    def _finish(
        self, number: int, width: float, height: float, drawing: Drawing, stamps: list[Box]
    ) -> Page:
        size = width * height
        largest = max(drawing.pictures, key=lambda p: area(p[0]), default=None)
        text = "".join(c.text for c in drawing.chars)
        if len(text) < _FEW and largest and area(largest[0]) > 0.5 * size:
            return self._scan(number, width, height, self._image(largest[2]), stamps)
        if len(text) < _FEW and sum(map(len, drawing.outlines)) >= _OUTLINES:
            picture = drawn(drawing.outlines, width, height)
            return self._scan(number, width, height, picture, stamps)
        pictures = [Picture(b, red) for b, red, _ in drawing.pictures]
        pictures += [Picture(b, 1.0) for b in stamps]
        chars = Letters.of(drawing.chars)
        page = read_sheet(number, Sheet(width, height, chars, drawing.edges, pictures))
        return doubted(page) if is_garbage(text) or is_mute(text) else page

    def _scan(
        self,
        number: int,
        width: float,
        height: float,
        image: Image.Image | None,
        stamps: list[Box],
    ) -> Page:
        """A page that is a picture, or is drawn in outlines: recognised."""
        if image is None or not ocr.available():
            return Page(number, width, height, readable=False, reason="没有可用的文字，未能识别")
        from casereview.reading.picture import recognised

        page = recognised(number, image, width, height)
        seals = tuple(Picture(b, 1.0) for b in stamps)
        return replace(page, pictures=page.pictures + seals)

    def _image(self, path: str) -> Image.Image | None:
        try:
            with opened(self.package.read(path)) as im:
                return im.convert("RGB")
        except (KeyError, ReadFailure):
            return None

    def _draw(self, tree: Any, drawing: Drawing) -> None:
        for content in every(tree, "Content")[:1]:
            for layer in content:
                if local(layer) == "Layer":
                    self._block(layer, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), drawing, 0)

    def _block(self, node: Any, outer: Matrix, drawing: Drawing, depth: int) -> None:
        if depth > 8:
            return
        for e in node:
            kind = local(e)
            if kind in ("PageBlock", "Content", "Layer"):
                self._block(e, outer, drawing, depth + 1)
            elif kind in _OBJECTS and e.get("Visible") != "false":
                self._object(kind, e, outer, drawing, depth)

    def _object(self, kind: str, e: Any, outer: Matrix, drawing: Drawing, depth: int) -> None:
        """One thing that is drawn, under the matrices around it."""
        b, c = floats(e.get("Boundary")), floats(e.get("CTM"))
        if len(b) != 4:
            return
        place = times((1.0, 0.0, 0.0, 1.0, b[0], b[1]), outer)
        m = times((c[0], c[1], c[2], c[3], c[4], c[5]), place) if len(c) == 6 else place
        if kind == "TextObject":
            letters(e, m, drawing)
        elif kind == "PathObject":
            strokes(e, m, drawing)
        elif kind == "ImageObject":
            self._picture(e, box_of(b, outer), drawing)
        else:
            unit = self.resources[1].get(e.get("ResourceID") or "")
            if unit is not None:
                self._block(unit, m, drawing, depth + 1)

    def _picture(self, e: Any, box: Box, drawing: Drawing) -> None:
        path = self.resources[0].get(e.get("ResourceID") or "", "")
        image = self._image(path) if path and seal_like(box) else None
        drawing.pictures.append((box, redness(image) if image else None, path))


def _in_points(b: list[float]) -> Box:
    """(x, y, width, height) in millimetres -> a box in points."""
    return b[0] * MM, b[1] * MM, (b[0] + b[2]) * MM, (b[1] + b[3]) * MM


def read_ofd(data: bytes) -> tuple[Page, ...]:
    """Every page of an OFD, of all its documents. Raises ReadFailure (damaged, too_large,
    encrypted).
    """
    package = _Package(data)
    if "encryptions.xml" in package.names:
        raise ReadFailure("encrypted")
    top = package.xml(package.find("", "OFD.xml"))
    if top is None:
        raise ReadFailure("damaged", "不是 OFD 文件（缺少 OFD.xml）")
    out: list[Page] = []
    for body in every(top, "DocBody"):
        root = package.find("", text_of(body, "DocRoot"))
        if root is None:
            raise ReadFailure("damaged", "OFD 缺少文档部件")
        signatures = text_of(body, "Signatures")
        doc = _Document(package, root, package.find("", signatures) if signatures else None)
        for page_id, path in doc.pages():
            if len(out) >= MAX_PAGES:
                raise ReadFailure("too_large", f"超过 {MAX_PAGES} 页")
            out.append(doc.page(len(out) + 1, page_id, path))
    if not out:
        raise ReadFailure("damaged", "OFD 中没有页面")
    return tuple(out)
