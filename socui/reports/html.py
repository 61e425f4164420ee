"""A document as one HTML file that loads nothing, runs nothing and prints well."""

from __future__ import annotations

import re
from html import escape

from socui.reports.blocks import Block, Bullets, DocTable, Document, Heading, Panel, Run, TextLine, is_address
from socui.reports.svg import drawing

STYLE = """
:root{color-scheme:light dark;--bg:#fff;--ink:#1b2330;--soft:#5a6678;--line:#d9dee6;--panel:#f5f7fa;--soc1:#8a4b08;
--soc2:#0b6074;--both:#4d5b9e;--late:#b3261e}
@media (prefers-color-scheme:dark){:root{--bg:#14181f;--ink:#e4e8ee;--soft:#9aa6b6;--line:#333c49;--panel:#1c222b;
--soc1:#e5a663;--soc2:#63c3d8;--both:#a3afee;--late:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:50rem;margin:0 auto;padding:2.5rem 1.5rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .8rem}
h2{font-size:1.25rem;margin:2.6rem 0 .7rem;padding-top:.9rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.6rem 0 .4rem}
p,ul,ol,dl{margin:.5rem 0}
li{margin:.45rem 0}
li ul{color:var(--soft);padding-left:1.2rem;font-size:.93em}
li ul li{margin:.15rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1.2rem;font-size:.93rem}
dt,.soft{color:var(--soft)}
dd{margin:0}
.card{background:var(--panel);border-left:4px solid var(--both);border-radius:0 6px 6px 0;padding:1rem 1.2rem;margin:1rem 0 1.6rem}
.lead{font-size:1.2rem;line-height:1.45;margin:0 0 .8rem;font-weight:600}
.status{font-size:.82rem;font-weight:400;color:var(--soft);margin-left:.4em}
.card dl{gap:.35rem 1.1rem;font-size:.97rem;margin:0}
.card dt{font-weight:600}
.card ul,.card ol{margin:0;padding-left:1.1rem}.card li{margin:.1rem 0}
.card ul{list-style:none;padding-left:0}
.urgent{color:var(--late);font-weight:600}
.note{font-size:.87rem;margin-top:2rem}
.label{margin:1rem 0 0;font-size:.93rem}
.quote{white-space:pre-line;margin:.2rem 0 1rem;padding-left:.9rem;border-left:3px solid var(--line)}
.soc1{color:var(--soc1)}.soc2{color:var(--soc2)}
table{width:100%;border-collapse:collapse;font-size:.93rem;margin:.8rem 0 1rem}
caption{text-align:left;color:var(--soft);font-size:.87rem;padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:.82rem;color:var(--soft);font-weight:600;overflow-wrap:normal}
tbody th{font-weight:600;min-width:7.5rem}
td:first-child,.sources td{overflow-wrap:anywhere}
td{min-width:4.5rem;overflow-wrap:break-word}
td.short{min-width:0;white-space:nowrap}
.answers tbody th{font-weight:400;width:45%}
.answers caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
sup{font-size:.68em;line-height:0;margin-left:.15em}
a{color:inherit;text-decoration-color:var(--line);text-underline-offset:2px}
.references,.sources{font-size:.85rem}
.references li{margin:.3rem 0}
svg{width:100%;height:auto;margin:.6rem 0}
svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg text{paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}
svg .tick{fill:var(--soft);font-size:11px}
svg .grid{stroke:var(--line)}svg .need{stroke:var(--late);stroke-width:2}svg .change{stroke:var(--late);stroke-dasharray:6 3}
svg .year{stroke:var(--soft);stroke-dasharray:3 3}
svg .needed{fill:var(--late)}svg .l-soc1{fill:var(--soc1);stroke:var(--soc1)}
svg .l-soc2{fill:var(--soc2);stroke:var(--soc2)}svg .l-both{fill:var(--both);stroke:var(--both)}
svg .range{fill:none;stroke-width:1.5}svg .later{fill:none;stroke-width:1.5}
svg .work{opacity:.35}svg .bridged{opacity:.45;stroke-dasharray:2 2}svg .untested{fill:none;stroke:var(--late);stroke-dasharray:3 2}
svg .today{stroke:var(--ink);stroke-width:1.5}
@media (max-width:600px){main{padding:1.2rem 1rem}h1{font-size:1.5rem}.wide:has(svg){overflow-x:auto}svg{min-width:38rem}
.card dl{display:block}.card dd{margin:0 0 .6rem}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,caption,tbody,tr,tbody th,td{display:block;width:auto;min-width:0}tr{border-bottom:1px solid var(--line);padding:.5rem 0}
tbody th,td{border:0;padding:.1rem 0}.answers tbody th{width:auto}td.short{white-space:normal}
td[data-head]::before{content:attr(data-head) ": ";color:var(--soft)}}
@media print{@page{size:A4;margin:14mm 16mm}:root{color-scheme:light;--bg:#fff;--ink:#000;--soft:#444;--line:#bbb;--panel:#f3f3f3;
--soc1:#7a3f00;--soc2:#004f61;--both:#333f80;--late:#a00}
html{font-size:9.2pt}body{font-size:1rem;line-height:1.3}main{max-width:none;padding:0}h1{font-size:1.5rem;margin:0 0 .4rem}
h2{margin:1rem 0 .3rem;padding-top:.45rem;font-size:1.12rem}
ul{padding-left:1.2rem}li{margin:.2rem 0}th,td{padding:.2rem .8rem .2rem 0}.references{columns:2;column-gap:8mm;font-size:.8rem}
.sources{font-size:.75rem}.card{padding:.6rem .9rem;margin:.5rem 0 .8rem}.note{margin-top:1rem}svg{margin:.2rem 0;max-height:64mm}
h1,h2,h3,caption,.label{break-after:avoid}p,li{orphans:2;widows:2}tr,li:not(:has(li)),svg,.card,
table:not(:has(tbody tr:nth-child(9))){break-inside:avoid}thead{display:table-header-group}a{text-decoration:none}}
"""

_PAIRS = re.compile(r"\b(SOC|Type) (?=\d)")
"""Words that are not torn from their number at the end of a line."""
_PAIR = r"\1&nbsp;"


def render_html(document: Document) -> str:
    """Return the document as a whole HTML page. Whatever it holds, its tags depend on its structure alone."""
    title = escape(document.title)
    about = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in document.about)
    body = "\n".join(_block(block, document) for block in document.blocks)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title} - SOC report advice</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<header>\n<h1>{_PAIRS.sub(_PAIR, title)}</h1>\n<dl>{about}</dl>\n</header>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _run(run: Run) -> str:
    text = _PAIRS.sub(_PAIR, escape(run.text))
    if run.kind == "strong":
        return f"<strong>{text}</strong>"
    if run.kind == "soft":
        return f'<span class="soft">{text}</span>'
    if run.kind == "link" and is_address(run.text):
        return f'<a href="{text}" rel="noreferrer">{text}</a>'
    return text


def _line(line: TextLine, document: Document) -> str:
    numbers = document.numbered(line)
    links = ", ".join(f'<a href="#fact-{n}">{n}</a>' for n in numbers)
    return "".join(map(_run, line.runs)) + (f"<sup>{links}</sup>" if links else "")


def _block(block: Block, document: Document) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, TextLine):
        role = f' class="{block.role}"' if block.role else ""
        return f"<p{role}>{_line(block, document)}</p>"
    if isinstance(block, Bullets):
        return _bullets(block, document)
    if isinstance(block, Panel):
        return _panel(block, document)
    return _table(block, document) if isinstance(block, DocTable) else drawing(block)


def _panel(panel: Panel, document: Document) -> str:
    rows = []
    for row in panel.rows:
        tag = "ol" if row.role == "steps" else "ul"
        items = [_line(line, document) for line in row.lines]
        body = items[0] if len(items) == 1 else f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"
        role = ' class="urgent"' if row.role == "urgent" else ""
        rows.append(f"<dt{role}>{escape(row.label)}</dt><dd{role}>{body}</dd>\n")
    return (
        f'<section class="card">\n<p class="lead">{_line(panel.title, document)} '
        f'<span class="status">{escape(panel.status)}</span></p>\n<dl>\n{"".join(rows)}</dl>\n</section>'
    )


def _bullets(block: Bullets, document: Document) -> str:
    numbered = block.role == "references"
    items = []
    for number, item in enumerate(block.items, 1):
        more = "".join(f"<li>{_line(line, document)}</li>" for line in item.more)
        anchor = f' id="fact-{number}"' if numbered else ""
        items.append(f"<li{anchor}>{_line(item.line, document)}{f'<ul>{more}</ul>' if more else ''}</li>\n")
    return f'<ol class="references">\n{"".join(items)}</ol>' if numbered else f"<ul>\n{''.join(items)}</ul>"


def _table(table: DocTable, document: Document) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = []
    for first, *rest in table.rows:
        role = f' class="{first.role}"' if first.role else ""
        cells = "".join(_cell(cell, name, document) for cell, name in zip(rest, table.head[1:], strict=True))
        rows.append(f'<tr><th scope="row"{role}>{_line(first, document)}</th>{cells}</tr>\n')
    role = f' class="{table.role}"' if table.role else ""
    return (
        f'<div class="wide"><table{role}>\n<caption>{escape(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody></table></div>"
    )


def _cell(cell: TextLine, head: str, document: Document) -> str:
    """Return a cell; on a narrow screen its head stands before it."""
    role = ' class="short"' if cell.role == "short" else ""
    named = f' data-head="{escape(head)}"' if cell.text else ""
    return f"<td{role}{named}>{_line(cell, document)}</td>"
