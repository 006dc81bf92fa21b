"""Files that go with what organizations write: cleaned at the door, private until published."""
