"""How far two words are apart, the same on every engine; pure."""

SHORTEST, FARTHEST = 3, 2


def edits(word: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to make the one of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        two_before, before, row = before, row, [number]
        for place, wanted in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted))
            if number > 1 < place and (letter, word[number - 2]) == (other[place - 2], wanted):
                cost = min(cost, two_before[place - 2] + 1)
            row.append(cost)
    return row[-1]
