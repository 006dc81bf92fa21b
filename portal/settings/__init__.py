"""Settings by place of use: `dev`, `test`, `production`, each on top of `base`."""
