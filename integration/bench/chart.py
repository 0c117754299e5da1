"""A bar chart as SVG, for light and dark pages."""
import html

WIDTH, LABEL, VALUE = 760, 300, 80
BAR, GAP, HEAD = 16, 8, 34
STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #24292f }
.head { font-weight: 600 }
.ours { fill: #1a7f37 }
.limit { fill: #8c959f }
.peer { fill: #54aeff }
@media (prefers-color-scheme: dark) {
 text { fill: #e6edf3 }
 .ours { fill: #3fb950 }
 .limit { fill: #6e7681 }
 .peer { fill: #388bfd }
}
</style>"""


def kind(name):
    if name.startswith("persist-"):
        return "ours"
    return "limit" if name.startswith("limit") else "peer"


def panel(title, bars, top):
    """(lines of SVG, height) of one group of bars: name, length, text behind it."""
    longest = max(length for _, length, _ in bars)
    lines = [f'<text class="head" x="0" y="{top + 16}">{html.escape(title)}</text>']
    for i, (name, length, value) in enumerate(bars):
        y = top + HEAD + i * (BAR + GAP)
        width = max(1, round(length / longest * (WIDTH - LABEL - VALUE)))
        lines += [f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end">{html.escape(name)}</text>',
                  f'<rect class="{kind(name)}" x="{LABEL}" y="{y}" width="{width}" height="{BAR}" rx="2"/>',
                  f'<text x="{LABEL + width + 8}" y="{y + 13}">{html.escape(value)}</text>']
    return lines, HEAD + len(bars) * (BAR + GAP) + 10


def svg(panels):
    """`panels`: (title, bars) each."""
    lines, top = [], 0
    for title, bars in panels:
        drawn, height = panel(title, bars, top)
        lines += drawn
        top += height
    titles = html.escape("; ".join(title for title, _ in panels))
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" '
                      f'height="{top}" role="img" aria-label="{titles}">', STYLE, *lines, "</svg>", ""])
