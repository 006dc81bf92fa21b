"""Networks of organizations: who belongs to which, in which role and since when; public once staff say so."""
