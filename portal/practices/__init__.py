"""Good practices: what organizations did, told so that others can do it too."""
