"""Two invented articles in HTML, English and Russian, of some 3,000 characters with a dozen mentions each."""

_EN = [
    "The harbour council of Port Ellery met on Tuesday to hear why the <b>ferry line</b> was closed for nine days. Its "
    "clerk said that a letter signed by the “Islamic State” (IS) had been found under a bench, and that nobody could say "
    "who had left it there. The letter was short, and the spelling was poor.",
    "“We took it seriously, as anyone would,” the clerk said. The police of the <a href=\"/en/region/coast/\">Coast "
    "Region</a> compared the letter with statements of the IS that had been published before&nbsp;&mdash; and found no "
    "likeness. A student of such texts, who has read hundreds of them, called it “a school exercise”.",
    "The council voted seven to two to open the line again. The two who were against it asked for a guard on each boat, "
    "which the harbour cannot pay. <em>Lantern Weekly</em> wrote that the guards would cost more than the boats, and that "
    "the winter tickets had been sold already.",
    "A second letter came on Friday. It named ISIS-Khorasan and the “Taliban”, and demanded that the lighthouse be "
    "switched off. The lighthouse keeper, who is seventy, said he would do no such thing. “They can come and ask me,” he "
    "said, and went back up the stairs, all ninety-four of them.",
    "Officials of the ministry recalled that the IS's channels had been silent about the coast for years. In their view "
    "both letters are the work of one person with a typewriter and an old newspaper. The ministry keeps a list of such "
    "letters; there are forty of them since 2019, and only one led to a trial.",
    "Meanwhile the fishermen have gone out every night. The catch was good: eleven tonnes of herring, two of mackerel, "
    "and a swordfish that nobody wanted to buy. The market in Lower Ellery was crowded on Saturday; people spoke about the "
    "price of diesel and hardly about the letters.",
    "The investigators will report in May. Until then the boats carry a notice that asks passengers to look under their "
    "seats. The notice does not mention the “Islamic State” (IS), because the council did not want to print a footnote on a "
    "ferry. It says: “Please look around you.”",
]
_RU = [
    "Портовый совет Эллери во вторник слушал, почему <b>паромная линия</b> была закрыта девять дней. Секретарь совета "
    "сказал, что под скамьёй нашли письмо, подписанное «Исламским государством» (ИГ), и что никто не знает, кто его "
    "оставил. Письмо было коротким, с ошибками в каждой строке.",
    "«Мы отнеслись к нему серьёзно, как и любой на нашем месте», — сказал секретарь. Полиция <a href=\"/ru/region/coast/\">"
    "Прибрежного края</a> сравнила письмо с прежними заявлениями ИГИЛ&nbsp;&mdash; и не нашла сходства. Исследователь, "
    "который прочёл сотни таких текстов, назвал его «школьным упражнением».",
    "Совет семью голосами против двух решил снова открыть линию. Те двое, кто был против, просили поставить охрану на "
    "каждый паром, но порту это не по средствам. <em>Фонарь недели</em> написал, что охрана стоит дороже паромов, а зимние "
    "билеты уже проданы.",
    "Второе письмо пришло в пятницу. В нём назывались «Талибан» и «Аль-Каида» и требовалось погасить маяк. Смотритель "
    "маяка, которому семьдесят лет, ответил, что и не подумает. «Пусть придут и попросят», — сказал он и ушёл наверх, по "
    "всем девяноста четырём ступеням.",
    "В министерстве напомнили, что каналы ИГ годами молчали о побережье. Там считают, что оба письма написал один человек "
    "с пишущей машинкой и старой газетой. Министерство ведёт список таких писем; с 2019 года их сорок, и лишь одно дошло "
    "до суда.",
    "Рыбаки тем временем выходили в море каждую ночь. Улов был хорош: одиннадцать тонн сельди, две тонны скумбрии и "
    "меч-рыба, которую никто не захотел купить. Рынок в Нижнем Эллери в субботу был полон; говорили о цене топлива и почти "
    "не говорили о письмах.",
    "Следователи отчитаются в мае. До тех пор на паромах висит объявление с просьбой заглядывать под сиденья. Об ИГИЛ в "
    "объявлении ни слова: совет не захотел печатать сноску на пароме. Там сказано: «Пожалуйста, осмотритесь». Об этом же "
    "пишет «Исламское государство» в своём канале.",
]


def html(language: str) -> str:
    """Return the article's body, some 3,000 characters with its markup."""
    paragraphs = _RU if language == "ru" else _EN
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    ending = paragraphs[2 if language == "en" else 5]
    while len(text) < 2900:
        text += f"\n<p>{ending}</p>"
    return text
