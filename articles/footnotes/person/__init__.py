"""What is known of the names of persons: Russian declension, Latin spellings, given names, patronymics.

Pure rules and tables without a dictionary: the compiler makes forms with them, the marking reads words beside a name.
Cases are letters: n, g, d, a, i (instrumental), l (prepositional).
"""
