"""Who gets in: login with a second factor, throttling, sessions, devices, and being asked again before what matters.

django-allauth does the work; here stands what it is told, and what the newsroom adds. Nothing here decides what a
role may do: that is `publishing.roles`.
"""
