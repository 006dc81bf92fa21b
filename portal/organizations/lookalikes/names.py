"""A name in the forms in which two spellings of it are one: what the eye sees, not what was typed. Pure.

Letters of other scripts count as the Latin ones they are drawn like (Unicode's "confusable" letters of Greek
and Cyrillic capitals and smalls); every other letter by its sound, as `anyascii` spells it.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from anyascii import anyascii

from portal.common.folding import folded

_DRAWN_LIKE = str.maketrans(
    "АВЕЅЗІЈКМНОРСТУХЬаеѕіјкмнорстухьԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχγ",
    "ABES3IJKMHOPCTYXbaesijkmhopctyxbdhqwABEZHIKMNOPTYXaikvoptuxy",
)
_ALIKE = (("0", "o"), ("1", "i"), ("l", "i"), ("|", "i"), ("rn", "m"), ("vv", "w"))


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
_WORD = re.compile(r"[a-z0-9|]+")
# They join words, and abbreviations of names leave them out.
_JOINING = _listed(
    """
    a al and com con contra d da das de del des do dos du e el en et for in l la las le les los o of os ou par
    para por pour the to with y
    """
)
# What many organizations call themselves, in the four languages and by the form they have in law.
_KINDS = _listed(
    """
    ac agence agencia agency aliance alianza alliance asamblea asbl asociacion asociation associacao
    association center centre centro civil coalicion coalition coalizao colectivo coletivo collectif
    collective comision comissao comite commission committee consejo corporacion corporation eirl federacao
    federacion federation fondation fondo foro forum foundation fund fundacao fundacion group groupe grupo inc
    institut institute instituto internacional international internationale lac latinoamericana limitada ltda
    mesa movement movimento movimiento nacional national nationale network ngo observatorio ong ongd org
    organisation organizacao organizacion organization plataforma platform programa programme project projeto
    proyecto red rede reseau sa sas service services servicio servico sociedad sociedade society unidad union
    """
)
# Many organizations stand at these; only the rest of the address says which.
_SHARED_HOSTS = _listed(
    """
    blogspot.com bsky.app facebook.com github.io google.com instagram.com linkedin.com linktr.ee medium.com
    sites.google.com t.me tiktok.com twitter.com wa.me wixsite.com wordpress.com x.com youtube.com
    """
)


def drawn(text: str) -> str:
    """In small Latin letters as the text looks: `РЕD`, `Ｒｅｄ` and `réd` are `red`."""
    latin = unicodedata.normalize("NFKC", text).translate(_DRAWN_LIKE)
    return folded(anyascii(folded(latin)))


def compact(name: str) -> str:
    """Without spaces and marks: `GAR-PAB` and `Garpab` are one."""
    return _one_look("".join(_WORD.findall(drawn(name))))


def looks(name: str) -> frozenset[str]:
    """`compact` by what the eye sees and by what the ear hears, for names in letters of other scripts."""
    heard = "".join(_WORD.findall(folded(anyascii(name))))
    return frozenset({compact(name), _one_look(heard)}) - {""}


def telling(name: str) -> tuple[str, ...]:
    """The words that tell it from others of its kind, sorted; all of them where it has no such word."""
    words = _long_words(name)
    kept = [word for word in words if word not in _KINDS]
    return tuple(sorted(_one_look(word) for word in kept or words))


def all_words(name: str) -> tuple[str, ...]:
    """Sorted, without those that only join."""
    return tuple(sorted(map(_one_look, _long_words(name))))


def parts_of(name: str) -> tuple[str, ...]:
    """What stands before and in brackets; nothing where there are none."""
    bracketed = _BRACKETED.fullmatch(name.strip())
    return tuple(part for part in bracketed.groups() if part.strip()) if bracketed else ()


def initials(name: str) -> str:
    """Of the words that abbreviations take up; empty where they are fewer than three."""
    words = [word for word in _WORD.findall(drawn(name)) if word not in _JOINING]
    return _one_look("".join(word[0] for word in words)) if len(words) > 2 else ""


def site_of(website: str) -> str:
    """The host without `www`; with the path where many share the host. Empty where there is none."""
    try:
        parts = urlsplit(website if "//" in website else f"//{website}")
        host = (parts.hostname or "").encode("idna").decode().removeprefix("www.")
    except ValueError:
        return ""
    if not host or not any(host == each or host.endswith(f".{each}") for each in _SHARED_HOSTS):
        return host
    path = parts.path.strip("/").casefold()
    return f"{host}/{path}" if path or host not in _SHARED_HOSTS else ""


def _long_words(name: str) -> list[str]:
    return [word for word in _WORD.findall(drawn(name)) if word not in _JOINING and len(word) > 1]


def _one_look(word: str) -> str:
    for letters, one in _ALIKE:
        word = word.replace(letters, one)
    return word
