"""What the English stemmer does not know, as data: irregular forms, and words that it would take for each other.

A line of IRREGULAR is a base and its forms; of APART, the beginning of words and what they are indexed as.
"""

IRREGULAR_LINES = """
be am is are was were been
become became
begin began begun
bend bent
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
come came
creep crept
deal dealt
dig dug
do does did done
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fly flew flown
forbid forbade forbidden
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go goes went gone
grow grew grown
hang hung
have has had
hear heard
hide hid hidden
hold held
keep kept
know knew known
lay laid
lead led
learn learnt
leave left
lend lent
lose lost
make made
mean meant
meet met
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
sleep slept
slide slid
speak spoke spoken
spend spent
spin spun
stand stood
steal stole stolen
stick stuck
strike struck stricken
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
understand understood
wake woke woken
wear wore worn
weep wept
win won
withdraw withdrew withdrawn
write wrote written
arise arose arisen
awake awoke awoken
bear bore borne
beat beaten
cling clung
dwell dwelt
fling flung
foresee foresaw foreseen
forsake forsook forsaken
kneel knelt
lean leant
leap leapt
light lit
mistake mistook mistaken
mow mown
overcome overcame
oversee oversaw overseen
overrun overran
overthrow overthrew overthrown
plead pled
prove proven
rebuild rebuilt
retell retold
sew sewn
show shown
slay slew slain
sling slung
smell smelt
sow sown
spell spelt
spill spilt
spit spat
spoil spoilt
spring sprang sprung
sting stung
stink stank stunk
string strung
strive strove striven
swell swollen
tread trod trodden
undergo underwent undergone
undertake undertook undertaken
uphold upheld
weave wove woven
withhold withheld
wring wrung
man men
woman women
child children
person people
foot feet
goose geese
tooth teeth
mouse mice
louse lice
ox oxen
penny pence
calf calves
half halves
knife knives
leaf leaves
life lives
loaf loaves
scarf scarves
self selves
shelf shelves
thief thieves
wife wives
wolf wolves
hoof hooves
bus buses
gas gases
lens lenses
axis axes
analysis analyses
basis bases
crisis crises
diagnosis diagnoses
emphasis emphases
hypothesis hypotheses
oasis oases
parenthesis parentheses
synthesis syntheses
thesis theses
criterion criteria
phenomenon phenomena
bacterium bacteria
curriculum curricula
memorandum memoranda
referendum referenda
stadium stadia
alumnus alumni
cactus cacti
fungus fungi
nucleus nuclei
radius radii
stimulus stimuli
syllabus syllabi
index indices
matrix matrices
vertex vertices
appendix appendices
aquarium aquaria
bureau bureaux
consortium consortia
dwarf dwarves
elf elves
focus foci
locus loci
millennium millennia
plateau plateaux
sheaf sheaves
symposium symposia
terminus termini
wharf wharves
"""

# Bases themselves, besides being a form of another word: who types one means it ("rose" is the flower, and rises too).
OWN = frozenset("bound felt found left rose saw".split())

APART_LINES = """
importan important
department department
apartment apartment
several several
authorit authority
authoriz authorize
authoris authorize
experiment experiment
rational rational
animat animate
"""


def _irregular() -> dict[str, str]:
    """Return the base of each irregular form."""
    lines = (line.split() for line in IRREGULAR_LINES.split("\n") if line)
    return {form: base for base, *forms in lines for form in forms}


def _apart() -> tuple[tuple[str, str], ...]:
    """Return pairs: how words begin, and what they are indexed as."""
    lines = (line.split() for line in APART_LINES.split("\n") if line)
    return tuple((beginning, word) for beginning, word in lines)


IRREGULAR = _irregular()
APART = _apart()
