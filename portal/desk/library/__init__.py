"""The room of the library at the desk: documents in, corrected, replaced, withdrawn."""
