"""British spellings turned into American ones before a word is stemmed: both are one word to a reader.

As data: how words begin, in both spellings; and endings. What a rule makes need not be a word: it is made of the query
and of the text alike. Spellings that are two words of their own (tyre and tire, cheque and check) are left alone.
"""

import re

BEGINNINGS_LINES = """
colour color
honour honor
labour labor
neighbour neighbor
harbour harbor
favour favor
behaviour behavior
rumour rumor
humour humor
armour armor
flavour flavor
odour odor
parlour parlor
splendour splendor
endeavour endeavor
savour savor
tumour tumor
vapour vapor
vigour vigor
rigour rigor
valour valor
candour candor
clamour clamor
saviour savior
ardour ardor
fervour fervor
demeanour demeanor
misdemeanour misdemeanor
rancour rancor
discolour discolor
dishonour dishonor
disfavour disfavor
centre center
theatre theater
kilometre kilometer
centimetre centimeter
millimetre millimeter
metre meter
litre liter
fibre fiber
calibre caliber
spectre specter
lustre luster
sombre somber
meagre meager
sceptre scepter
manoeuvre maneuver
manoeuvring maneuvering
centring centering
defence defense
offence offense
licence license
pretence pretense
practise practice
practising practicing
grey gray
plough plow
programme program
catalogue catalog
dialogue dialog
aluminium aluminum
sceptic skeptic
mould mold
smoulder smolder
moustache mustache
pyjama pajama
ageing aging
judgement judgment
acknowledgement acknowledgment
artefact artifact
encyclopaedia encyclopedia
paediatr pediatr
anaesth anesth
anaem anem
haemo hemo
leukaemia leukemia
oestrogen estrogen
foetus fetus
foetal fetal
diarrhoea diarrhea
orthopaed orthoped
archaeolog archeolog
mediaeval medieval
gynaecolog gynecolog
sulphur sulfur
jewellery jewelry
jeweller jeweler
aeroplane airplane
cosy cozy
travell travel
cancell cancel
modell model
labell label
fuell fuel
signall signal
counsell counsel
marvell marvel
woollen woolen
levell level
tunnell tunnel
channell channel
quarrell quarrel
totall total
panell panel
duell duel
initiall initial
pedall pedal
shovell shovel
towell towel
unravell unravel
skilful skillful
wilful willful
fulfil fulfill
enrol enroll
enthral enthrall
instalment installment
"""
# Words that begin alike and are none of these.
APART = ("totally", "initially", "fulfill", "enroll", "enthrall", "centrepiece")
ISE = re.compile(r"([a-z]{3,})is(e|ed|es|er|ers|ing|ation|ations|able)")
YSE = re.compile(r"([a-z]{3,}l)ys(e|ed|er|ers|ing)")
BEGINNINGS: dict[str, list[tuple[str, str]]] = {}  # by the first two letters
for _line in BEGINNINGS_LINES.split("\n"):
    if _line:
        _british, _american = _line.split()
        BEGINNINGS.setdefault(_british[:2], []).append((_british, _american))


def american(word: str) -> str:
    """Return a folded word as Americans spell it.

    >>> [american(word) for word in ("neighbours", "centred", "organisation", "travelled", "totally", "analyse")]
    ['neighbors', 'centered', 'organization', 'traveled', 'totally', 'analyze']
    """
    for british, one in BEGINNINGS.get(word[:2], ()):
        if word.startswith(british) and not word.startswith(APART):
            rest = word[len(british) :]
            return f"{one}e{rest}" if british.endswith("re") and rest == "d" else one + rest
    found = ISE.fullmatch(word)
    if found:
        return f"{found[1]}iz{found[2]}"
    found = YSE.fullmatch(word)
    return f"{found[1]}yz{found[2]}" if found else word
