"""Points out what may be personal data of third parties in a text; pure, and as slow as the text is long.

It is no judge: who writes and who decides look at what it marks. It knows names beside words for persons,
addresses of mail, numbers of telephones and papers, and houses; in four languages.
"""

from collections.abc import Iterator

from portal.submissions.third_party_numbers import numbers_in
from portal.submissions.third_party_tokens import Kind, Span, Token, Tokens
from portal.submissions.third_party_words import (
    BEGINNINGS,
    CAPITAL_PAPERS,
    COUNTED,
    FRENCH_STREETS,
    GIVEN,
    HOUSE,
    INSTITUTIONS,
    LINKING,
    NAMING,
    NO_NAMES,
    NUMBERING,
    PAPERS,
    PARTICLES,
    PERSONS,
    POINTED_TITLES,
    ROLES,
    STREETS_AFTER,
    STREETS_BEFORE,
    SURNAMES,
    TITLES,
)

_LONGEST_NAME, _LONGEST_STREET, _NEAR = 7, 7, 6
_SHORTEST, _SHORTEST_GROUPED = 5, 7
_STREETS = frozenset({*STREETS_BEFORE, *STREETS_AFTER, *FRENCH_STREETS})
_INTRODUCING = frozenset({*TITLES, *POINTED_TITLES, *NAMING, *PERSONS})
_BETWEEN = frozenset({*ROLES, *TITLES, "de", "del"})
_STARTS = frozenset({*PAPERS, *_STREETS, *_INTRODUCING, *GIVEN, *SURNAMES})


def third_parties(text: str) -> tuple[Span, ...]:
    """What to look at, in the order of the text; no two overlap."""
    spans = [*numbers_in(text), *_from_tokens(text)]
    order = list(Kind)
    taken: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, order.index(each.kind), -each.end)):
        if taken and span.start < taken[-1].end:
            if order.index(span.kind) < order.index(taken[-1].kind):
                taken[-1] = span
            continue
        taken.append(span)
    return tuple(taken)


def _from_tokens(text: str) -> Iterator[Span]:
    tokens, after = Tokens(text), 0
    for place in tokens.places_of(_STARTS):
        if place < after:
            continue
        span, step = _at(tokens, place)
        after = place + step
        if span is not None:
            yield span


def _at(tokens: Tokens, place: int) -> tuple[Span | None, int]:
    """What begins here, and how many tokens it takes."""
    token = tokens[place]
    low = token.low
    if low in PAPERS and (span := _paper(tokens, place)):
        return span, 1
    if low in _STREETS and (span := _street(tokens, place)):
        return span, 1
    if low in _INTRODUCING and (named := _introduced(tokens, place)):
        return Span(tokens[named[0]].start, tokens[named[1] - 1].end, Kind.NAME), named[1] - place
    if (
        (low in GIVEN or low.split("-")[0] in GIVEN)
        and token.is_name
        and not _is_institution_before(tokens, place)
    ):
        end = _name_end(tokens, place)
        if _length(tokens, place, end) >= 2 and not _is_institution(tokens, end):
            return Span(token.start, tokens[end - 1].end, Kind.NAME), end - place
    if low in SURNAMES and token.is_name:
        return _named_before(tokens, place), 1
    return None, 1


def _named_before(tokens: Tokens, place: int) -> Span | None:
    """The capital words before a surname, with it."""
    start = place
    while start > max(place - 3, 0) and _may_be_given(tokens[start - 1]):
        start -= 1
    if start == place or _is_institution_before(tokens, start) or _is_institution(tokens, place + 1):
        return None
    return Span(tokens[start].start, tokens[place].end, Kind.NAME)


def _may_be_given(token: Token) -> bool:
    is_word = token.is_name and token.text.replace("-", "").isalpha() and len(token.text) > 2
    return is_word and not (token.low in NO_NAMES or token.low in INSTITUTIONS or token.low in BEGINNINGS)


def _paper(tokens: Tokens, place: int) -> Span | None:
    if tokens[place].low in CAPITAL_PAPERS and not tokens[place].text.isupper():
        return None
    for at in range(place + 1, min(place + 1 + _NEAR, len(tokens))):
        token = tokens[at]
        if len(token.text) >= _SHORTEST and sum(map(str.isdigit, token.text)) >= _SHORTEST:
            return Span(token.start, token.end, Kind.PAPER)
        if token.text[0].isdigit():
            return _grouped_paper(tokens, at)
        if token.low not in NUMBERING and token.text not in ".:#" and token.low not in PAPERS:
            return None
    return None


def _grouped_paper(tokens: Tokens, start: int) -> Span | None:
    """`2547 88123 0101`; what is grouped like thousands counts something."""
    groups = [tokens[start]]
    for token in tokens.between(start + 1, start + 1 + _NEAR):
        if not token.text.isdigit() or token.start - groups[-1].end > 1:
            break
        groups.append(token)
    lengths = [len(group.text) for group in groups]
    if sum(lengths) < _SHORTEST_GROUPED or all(length == 3 for length in lengths[1:]):
        return None
    return Span(groups[0].start, groups[-1].end, Kind.PAPER)


def _street(tokens: Tokens, place: int) -> Span | None:
    return _number_behind(tokens, place) or _number_before(tokens, place)


def _number_behind(tokens: Tokens, place: int) -> Span | None:
    """`Calle Hidalgo 123`, `Rua das Flores, 120`, `Carrera 7 # 12-30`."""
    if tokens[place].low not in STREETS_BEFORE:
        return None
    for at in range(place + 1, min(place + 1 + _LONGEST_STREET, len(tokens))):
        token = tokens[at]
        if token.text[0].isdigit():
            if _is_house(token) and not (at + 1 < len(tokens) and tokens[at + 1].low in COUNTED):
                return Span(tokens[place].start, _street_end(tokens, at), Kind.ADDRESS)
            return None
        is_point = token.text == "." and at == place + 1
        if not (
            token.is_name or token.low in PARTICLES or token.low in HOUSE or token.text == "#" or is_point
        ):
            return None
    return None


def _street_end(tokens: Tokens, at: int) -> int:
    """With the second number of `7 # 12-30`."""
    if at + 2 < len(tokens) and tokens[at + 1].text in {"#", "No", "N", "nº"} and _is_house(tokens[at + 2]):
        return tokens[at + 2].end
    return tokens[at].end


def _number_before(tokens: Tokens, place: int) -> Span | None:
    """`12 rue des Lilas`, `221 Baker Street`."""
    if tokens[place].low in FRENCH_STREETS and place:
        before = place - 2 if tokens[place - 1].low in {"bis", "ter"} and place > 1 else place - 1
        if _is_house(tokens[before]) and place + 1 < len(tokens):
            following = tokens[place + 1]
            if following.is_name or following.low in {"de", "du", "des", "la", "le"}:
                end = min(place + 3, len(tokens))
                return Span(tokens[before].start, tokens[end - 1].end, Kind.ADDRESS)
    if tokens[place].low in STREETS_AFTER and tokens[place].is_name:
        for at in range(place - 1, max(place - 5, -1), -1):
            if _is_house(tokens[at]) and at < place - 1:
                return Span(tokens[at].start, tokens[place].end, Kind.ADDRESS)
            if not tokens[at].is_name:
                return None
    return None


def _is_house(token: Token) -> bool:
    return token.text[0].isdigit() and len(token.text) <= 8 and token.text.rstrip(".,")[:5].strip() != ""


def _introduced(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """The name behind a title, "called" or a word for one person, as places of its tokens."""
    low, start = tokens[place].low, place + 1
    if low in POINTED_TITLES and not (tokens[place].text.isupper() and _is_point(tokens, start)):
        return None
    while start < min(place + 5, len(tokens)) and (
        tokens[start].text in {".", ":"}
        or (low in NAMING and tokens[start].low in LINKING)
        or ((low in TITLES or low in POINTED_TITLES) and tokens[start].low in _BETWEEN)
    ):
        start += 1
    if start >= len(tokens) or not tokens[start].is_name:
        return None
    end, least = _name_end(tokens, start), 2
    if low in TITLES or low in POINTED_TITLES or tokens[start].low in GIVEN:
        least = 1
    if _length(tokens, start, end) < least or _is_institution(tokens, end):
        return None
    return start, end


def _is_point(tokens: Tokens, place: int) -> bool:
    return place < len(tokens) and tokens[place].text == "."


def _name_end(tokens: Tokens, start: int) -> int:
    """Behind the last part of a name; particles and initials stand inside only."""
    end = at = start
    while at < min(start + _LONGEST_NAME, len(tokens)):
        token = tokens[at]
        if token.is_name and token.low not in NO_NAMES and token.low not in INSTITUTIONS:
            end = at = at + 1
            if len(token.text) == 1 and _is_point(tokens, at):
                at += 1
        elif token.low in PARTICLES and at > start:
            at += 1
        else:
            break
    return end


def _length(tokens: Tokens, start: int, end: int) -> int:
    return sum(token.text != "." and token.low not in PARTICLES for token in tokens.between(start, end))


def _is_institution(tokens: Tokens, end: int) -> bool:
    """`Ana Frank Foundation` is nobody."""
    return end < len(tokens) and tokens[end].is_name and tokens[end].low in INSTITUTIONS


def _is_institution_before(tokens: Tokens, place: int) -> bool:
    """`Universidad José Cecilio`, `Ley de María`; up to two particles may stand between."""
    at = place - 1
    while at >= max(place - 3, 0) and tokens[at].low in PARTICLES and tokens[at].low not in INSTITUTIONS:
        at -= 1
    return at >= 0 and (tokens[at].low in INSTITUTIONS or tokens[at].low in STREETS_BEFORE)
