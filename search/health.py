"""What `/readyz` says of the search engine and its outbox."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Report:
    is_ready: bool = True

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def report() -> Report:
    return Report()
