"""What is typed to do harm, and what of a page shows that it did: shared by the tests of all forms."""

import html.parser
import re

MARK = "zqxalert"
PAYLOADS = (
    f"<script>{MARK}(1)</script>",
    f"</script><script>{MARK}(1)</script>",
    f"<ScRiPt src=//x.invalid/{MARK}.js></ScRiPt>",
    f"<img src=x onerror={MARK}(1)>",
    f"<img src='x' onerror='{MARK}(1)'>",
    f'"><img src=x onerror={MARK}(1)>',
    f"'><svg onload={MARK}(1)>",
    f"<svg/onload={MARK}(1)>",
    f"<svg><script>{MARK}(1)</script></svg>",
    f"<svg><animate onbegin={MARK}(1) attributeName=x dur=1s>",
    f"<math><mtext><script>{MARK}(1)</script></mtext></math>",
    f"<body onload={MARK}(1)>",
    f"<iframe srcdoc='<script>{MARK}(1)</script>'></iframe>",
    f"<iframe src=javascript:{MARK}(1)></iframe>",
    f"<a href=javascript:{MARK}(1)>x</a>",
    f"<a href='&#106;avascript:{MARK}(1)'>x</a>",
    f"<a href='java\tscript:{MARK}(1)'>x</a>",
    f"[x](javascript:{MARK}(1))",
    f"javascript:{MARK}(1)",
    f"data:text/html,<script>{MARK}(1)</script>",
    f"<details open ontoggle={MARK}(1)>",
    f"<input autofocus onfocus={MARK}(1)>",
    f"<video><source onerror={MARK}(1)>",
    f"<form action=javascript:{MARK}(1)><button>x</button></form>",
    f"</textarea><script>{MARK}(1)</script>",
    f"</title><script>{MARK}(1)</script>",
    f"</style><script>{MARK}(1)</script>",
    f"--><script>{MARK}(1)</script><!--",
    f"]]><script>{MARK}(1)</script><![CDATA[",
    f"<!ENTITY {MARK} SYSTEM 'file:///etc/passwd'>&{MARK};",
    f"{{{{ {MARK} }}}}{{% debug %}}",
    f"${{{MARK}}}#{{{MARK}}}",
    f"<link rel=stylesheet href=//x.invalid/{MARK}.css>",
    f"<meta http-equiv=refresh content='0;url=//x.invalid/{MARK}'>",
    f"<base href=//x.invalid/{MARK}/>",
    f'=HYPERLINK("//x.invalid/{MARK}","x")',
    f"+cmd|'/c {MARK}'!A1",
    f"-2+3+{MARK}!A1",
    f"@SUM({MARK})",
    f"\t={MARK}()",
    f"\u202e{MARK}\u2066\x07\x1b[31m\x00",
)
STRIPPED = re.compile("[\u202e\u2066\x00\x07\x1b]")


class Alive(html.parser.HTMLParser):
    """What of a page is no text and bears the mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in {"script", "style"} else ""
        for name, value in attrs:
            is_code = name.startswith("on") or name in {"src", "srcdoc", "href", "action", "style"}
            if MARK in name or (is_code and MARK in (value or "") and not _is_path(value or "")):
                self.tags.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.inside and MARK in data:
            self.tags.append(f"{self.inside}: {data}")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_comment(self, data: str) -> None:
        self.tags += [data] if MARK in data else []


def _is_path(value: str) -> bool:
    """A title in an address of ours, as a query."""
    return value.startswith(("/", "?"))
