// How the page looks, on light and dark screens and on paper.

import TerminalCore

/// The style sheet of the page.
enum ReportStyle {
  static let sheet = """
    :root{color-scheme:light dark;--ink:\(Markup.hex(SvgStyle.lightInk));\
    --paper:\(Markup.hex(SvgStyle.lightPaper));--soft:#59636e;--rule:#d1d9e0;--band:#f4f6f8;\
    --ok:#1a7f37;--warn:#8a5a00;--bad:#c5221f;--link:#0b62b5}
    \(SvgStyle.light)
    @media (prefers-color-scheme:dark){:root{--ink:\(Markup.hex(SvgStyle.darkInk));\
    --paper:\(Markup.hex(SvgStyle.darkPaper));--soft:#9aa4af;--rule:#3a414a;--band:#1f242b;\
    --ok:#4fbf67;--warn:#e0a030;--bad:#ff7b72;--link:#6cb6ff}\(SvgStyle.dark)}
    body{margin:0 auto;max-width:64rem;padding:1.5rem;color:var(--ink);background:var(--paper);\
    font:16px/1.5 system-ui,sans-serif}
    h1{font-size:1.6rem;margin:0}h2{margin:2.5rem 0 .5rem;padding-bottom:.2rem;\
    border-bottom:1px solid var(--rule)}h3{margin:1.5rem 0 .3rem;font-size:1.05rem}
    header p{font-family:ui-monospace,Menlo,Consolas,monospace;color:var(--soft);\
    overflow-wrap:anywhere;margin:.3rem 0 0}
    nav ol{columns:3 12rem;padding-left:1.4rem}a{color:var(--link)}
    .wide{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem;\
    font-variant-numeric:tabular-nums;margin:.5rem 0}
    caption{text-align:left;color:var(--soft);padding:.2rem 0}
    th,td{text-align:left;padding:.2rem .6rem;border-bottom:1px solid var(--rule);\
    vertical-align:top}thead th{background:var(--band);white-space:nowrap}
    td.n,th.n{text-align:right;white-space:nowrap}tbody th{font-weight:600}
    .ok,.passed{color:var(--ok)}.warning,.warned{color:var(--warn);font-weight:600}
    .bad,.failed{color:var(--bad);font-weight:700}.note,.unavailable,footer{color:var(--soft)}
    figure{margin:1rem 0;break-inside:avoid}figure svg{display:block;max-width:100%;height:auto}
    figcaption{color:var(--soft);font-size:.9rem}
    pre{background:var(--band);padding:.8rem;overflow-x:auto;font-size:.8rem}
    @media print{body{max-width:none;padding:0;font-size:11px}nav{break-after:page}\
    h2,h3{break-after:avoid}tr{break-inside:avoid}details{display:none}}
    """
}
