"""Excerpts of two texts in one: what changed with a little around it."""

from portal.submissions.differences import AROUND, GAP, LONGEST, Part, excerpt_of, parts_of


def test_changes_stand_with_a_little_around_them_and_what_is_long_is_cut() -> None:
    words = [f"w{number}" for number in range(400)]
    changed = [*words[:100], "new", *words[101:300], "other", *words[301:]]
    told = excerpt_of(list(parts_of(" ".join(words), " ".join(changed))))
    around = " ".join([*words[101 : 101 + AROUND], GAP, *words[300 - AROUND : 300]])
    assert (told.is_cut, told.parts[0].text.split()) == (False, [GAP, *words[100 - AROUND : 100]])
    assert told.parts[1:5] == (
        Part("old", "w100"),
        Part("new", "new"),
        Part("same", around),
        Part("old", "w300"),
    )
    assert told.parts[-1].text.split() == [*words[301 : 301 + AROUND], GAP]


def test_a_whole_new_text_is_cut_and_what_is_left_out_is_said() -> None:
    text = " ".join(f"w{number}" for number in range(1690))
    told = excerpt_of(list(parts_of("", text)))
    assert (told.is_cut, len(told.parts[0].text.split())) == (True, LONGEST + 1)
    same = excerpt_of(list(parts_of("one two three", "one two four")))
    assert ([part.text for part in same.parts], same.is_cut) == (["one two", "three", "four"], False)
