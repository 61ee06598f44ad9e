"""Words so common that a query with others does not insist on them, as data; in a phrase they count like any other."""

WORDS = frozenset(
    """
    a an the of in on at to for by from with and or as is are was were be been that this these those
    и в во на с со к ко о об обо от из за по у для до при под над а но же бы ли что как это
    """.split()
)
