"""Blocks that pages of several kinds of records have; declarations name them."""

from typing import Any

from portal.records.stages import Stage
from portal.records.thread import link_to
from portal.records.types import Block, Shown, Words


def linked(stage: Stage, title: Words, nothing: Words = "") -> Block:
    """What stands at a stage of the record's thread; without `nothing` an empty stage is not shown."""

    def context(shown: Shown) -> dict[str, Any]:
        joints = shown.thread[stage]
        rows = [link_to(joint, shown.language) | {"note": joint.author} for joint in joints]
        return {"anchor": stage.value, "title": title, "rows": rows, "nothing": nothing}

    return Block("records/linked.html", context)
