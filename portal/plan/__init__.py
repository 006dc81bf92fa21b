"""Frameworks such as the plan of action: nodes, priorities, crosswalk, and what recommendations lead to."""
