"""Progress reports: what the parties of a pledge say of it, and the papers they show for it."""
