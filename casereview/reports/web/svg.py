"""Pictures as SVG that stands in a page without any outside resource."""

from __future__ import annotations

from html import escape

from casereview.reports.web.pictures import Dot, Picture, Rect, Stroke


def svg(p: Picture) -> str:
    """The picture as an <svg> element; every text in it is escaped."""
    out = [
        f'<svg viewBox="0 0 {p.width:g} {p.height:g}" role="img"'
        f' aria-label="{escape(p.title, quote=True)}"'
        f' xmlns="http://www.w3.org/2000/svg"><title>{escape(p.title)}</title>'
    ]
    for s in p.shapes:
        if isinstance(s, Rect):
            out.append(
                f'<rect x="{s.x:.1f}" y="{s.y:.1f}" width="{s.w:.1f}" height="{s.h:.1f}"'
                f' fill="{s.fill}"' + (f' stroke="{s.stroke}"' if s.stroke else "") + "/>"
            )
        elif isinstance(s, Stroke):
            out.append(
                f'<line x1="{s.x1:.1f}" y1="{s.y1:.1f}" x2="{s.x2:.1f}" y2="{s.y2:.1f}"'
                f' stroke="{s.colour}" stroke-width="{s.width:g}"/>'
            )
        elif isinstance(s, Dot):
            out.append(f'<circle cx="{s.x:.1f}" cy="{s.y:.1f}" r="{s.r:g}" fill="{s.fill}"/>')
        else:
            out.append(
                f'<text x="{s.x:.1f}" y="{s.y:.1f}" font-size="{s.size:.1f}"'
                f' text-anchor="{s.anchor}" fill="{s.colour}"'
                + (' font-weight="bold"' if s.bold else "")
                + f">{escape(s.text)}</text>"
            )
    return "".join(out) + "</svg>"
