"""Word files (.docx) as the published standard (ECMA-376) has them, put together by hand: no program wrote them."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="{}"/></Types>"""
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
OF_DOCUMENT = f"""<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{R}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="{R}/footnotes" Target="footnotes.xml"/>
<Relationship Id="rId4" Type="{R}/hyperlink" TargetMode="External" Target="https://port.example/?utm_source=x&amp;id=7"/>
<Relationship Id="rId5" Type="{R}/image" Target="media/image1.png"/>"""
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
FOOTNOTES = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:t>If the ice allows.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""


def run(text: str, *formats: str) -> str:
    inside = "".join(f"<w:{name}/>" for name in formats)
    return f'<w:r><w:rPr>{inside}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, style: str = "", level: int | None = None) -> str:
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
PICTURE = f"""<w:r><w:drawing><wp:inline xmlns:wp="{A}/wordprocessingDrawing"><wp:docPr id="1" name="P"/>
<a:graphic xmlns:a="{A}/main"><a:graphicData><pic:pic xmlns:pic="{A}/picture"><pic:blipFill><a:blip r:embed="rId5"/>
</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


def link(text: str) -> str:
    return f'<w:hyperlink r:id="rId4">{run(text)}</w:hyperlink>'


ARTICLE = "".join(
    (
        paragraph(run("The harbour"), "Title"),
        paragraph(run("The port", "b") + run(" of Tern ") + run("opens", "i") + run(" on Monday") + NOTE + run(".")),
        paragraph(run("Two cranes"), level=0),
        paragraph(run("one of them new"), level=1),
        paragraph(run("A pier"), level=0),
        paragraph(PICTURE),
        table(("Pier", "Ships"), ("North", "4")),
        paragraph(run("The plan"), "1"),
        paragraph(run("See ") + link("the plan") + run(".")),
    )
)


def word_file(body: str = ARTICLE, *, title: str = "", content_type: str = DOCUMENT, **more: bytes) -> bytes:
    """Return a file. `more`: further parts, their names with `__` for the slash and `_dot_` for the dot."""
    parts = {
        "[Content_Types].xml": TYPES.format(content_type),
        "_rels/.rels": RELATIONS.format(MAIN),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": RELATIONS.format(OF_DOCUMENT),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footnotes.xml": FOOTNOTES,
        "word/media/image1.png": "no picture is opened",
        "docProps/core.xml": f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp>',
    }
    further = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | further).items():
            archive.writestr(name, content)
    return out.getvalue()
