"""The desk's pages for interventions made in the room: entering them, and what their organizations say."""
