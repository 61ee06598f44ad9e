"""Writers who are interrupted: tabs killed, sessions ended, servers killed, networks cut, laptops asleep, two or three
at one article. With a client that does what the form's script does, and with Chromium."""
