"""Pages as pdfLaTeX and XeLaTeX set them; the fonts of the first have accents apart."""

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench.pdf_set.pages import Block, File

BABEL = {"es": "spanish", "fr": "french", "pt": "portuguese"}
ENGINES = ("pdflatex", "xelatex")
PREAMBLE = r"""\documentclass[11pt,a4paper,twoside]{article}
%(fonts)s\usepackage[%(babel)s]{babel}
\usepackage{multicol,lettrine,fancyhdr}
\setlength{\columnsep}{7mm}
\pagestyle{%(style)s}\fancyhf{}
\fancyhead[LE]{\thepage\quad %(left)s}\fancyhead[RO]{%(right)s\quad\thepage}
\begin{document}
"""
FONTS = {
    "pdflatex": "\\usepackage[utf8]{inputenc}\n\\usepackage[OT1]{fontenc}\n",
    "xelatex": "\\usepackage{fontspec}\n",
}
SPECIAL = str.maketrans({"&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_"})


def write(files: Iterable[File], folder: Path) -> None:
    for file in files:
        for engine in ENGINES:
            _write(file, engine, folder / f"{engine}.{file.name}.pdf")


def _write(file: File, engine: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "a.tex"
        source.write_text(_source(file, engine))
        for _pass in range(2):
            command = [engine, "-interaction=nonstopmode", "-halt-on-error", source.name]
            done = subprocess.run(command, cwd=name, capture_output=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stdout.decode(errors="replace")[-1500:])
        target.write_bytes((Path(name) / "a.pdf").read_bytes())


def _source(file: File, engine: str) -> str:
    left, right = file.heads or ("", "")
    said = {
        "fonts": FONTS[engine],
        "babel": BABEL[file.language],
        "style": "fancy" if file.heads else "empty",
        "left": left,
        "right": right,
    }
    pages = ["\n\n".join(map(_block, page.blocks)) for page in file.pages]
    return PREAMBLE % said + "\n\n\\newpage\n\n".join(pages) + "\n\\end{document}\n"


def _block(block: Block) -> str:
    parts = [part.translate(SPECIAL) for part in block.parts]
    match block.kind:
        case "h":
            return rf"\section*{{{parts[0]}}}"
        case "li":
            return rf"\begin{{itemize}}\item {parts[0]}\end{{itemize}}"
        case "columns":
            return rf"\begin{{multicols}}{{{block.across}}}" + "\n\n".join(parts) + r"\end{multicols}"
        case "table":
            rows = [" & ".join(parts[at : at + block.across]) for at in range(0, len(parts), block.across)]
            return (
                rf"\par\begin{{tabular}}{{{'l' * block.across}}}" + r"\\ ".join(rows) + r"\end{tabular}\par"
            )
        case "note":
            return rf"{parts[0]}\footnote{{{parts[1]}}}"
        case "small":
            words = parts[0].split(" ")
            return rf"\textsc{{{' '.join(words[:4])}}} {' '.join(words[4:])}"
        case "drop":
            return rf"\lettrine{{{parts[0][0]}}}{{}}{parts[0][1:]}"
        case "spaced":
            return rf"{{\Large {_apart(parts[0])}}}"
        case _:
            return parts[0]


def _apart(text: str) -> str:
    return r"\kern.25em ".join(letter if letter != " " else r"\hskip .6em " for letter in text)
