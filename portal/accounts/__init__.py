"""Users, sign-in through allauth, preferred language."""
