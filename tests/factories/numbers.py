"""The numbers in names of factories: of one length and each once, so that no name is part of another."""

from itertools import count

numbers = count(10_001)
