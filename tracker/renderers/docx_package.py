"""A Word file without its body: page, styles, header and footer, properties, made from python-docx's own template."""

import io
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.renderers.clean import clean
from tracker.renderers.office_file import LANGUAGE, Properties
from tracker.renderers.papers.document import Document

if TYPE_CHECKING:
    from docx.document import Document as Package
    from docx.styles.style import ParagraphStyle

INK: Final = "1F2937"
ACCENT: Final = "1D3557"
QUIET: Final = "4B5563"
"""Colours of the text; on white and on the shade of a header row their contrast is above 7 to 1 (WCAG 2.2, 1.4.6)."""

_FONT: Final = "Arial"
# In twentieths of a point, as Word counts lengths: A4, its margins.
_SHORT_SIDE: Final = 11906
_LONG_SIDE: Final = 16838
_MARGIN: Final = 964

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# What the template brings along that no paper needs: a picture of another document, a copy of the styles.
_NEEDLESS: Final = ("/thumbnail", "/stylesWithEffects", "/customXml")


class Page(NamedTuple):
    """An A4 page."""

    landscape: bool = False

    @property
    def room(self) -> int:
        """The width between the margins, in twentieths of a point."""
        return (_LONG_SIDE if self.landscape else _SHORT_SIDE) - 2 * _MARGIN


class _Look(NamedTuple):
    """A style: `size` and the spaces above and below in points."""

    name: str
    size: float
    above: float = 0
    below: float = 0
    bold: bool = False
    colour: str = INK
    keep: bool = False
    base: str = "Normal"


_LOOKS: Final = (
    _Look("Normal", 11, below=6, base=""),
    _Look("Title", 18, below=8, bold=True, colour=ACCENT),
    _Look("Heading 1", 14, above=16, below=4, bold=True, colour=ACCENT, keep=True),
    _Look("Heading 2", 12, above=12, below=4, bold=True, colour=ACCENT, keep=True),
    _Look("Caption", 9.5, above=6, below=3, bold=True, colour=QUIET, keep=True),
    _Look("Header", 10, colour=QUIET),
    _Look("Footer", 9, colour=QUIET),
    _Look("List Bullet", 11, below=4),
    _Look("Lead", 12, above=6, below=8, bold=True),
    _Look("Remark", 9, below=3, colour=QUIET),
    _Look("Fact", 11, below=2),
    _Look("Table Heading", 9, bold=True, colour=ACCENT, keep=True),
    _Look("Table Text", 9),
    _Look("Table Note", 8, colour=QUIET),
)


def package_of(document: Document, properties: Properties, page: Page) -> io.BytesIO:
    """The file with everything but the document's blocks."""
    from docx import Document as open_template

    package = open_template()
    _drop_needless(package)
    _set_language(package)
    _set_styles(package)
    _set_page(package, page)
    _set_margins_text(package, clean(document.title), clean(document.marking or ""), page)
    _set_properties(package, properties)
    file = io.BytesIO()
    package.save(file)
    return file


def _drop_needless(package: "Package") -> None:
    for relations in (package.part.package.rels, package.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_NEEDLESS)]:
            del relations[key]
    styles = package.styles.element
    for style in list(styles.style_lst):
        if style.get(_name("type")) == "table" and style.get(_name("styleId")) != "TableNormal":
            styles.remove(style)


def _set_language(package: "Package") -> None:
    for element in package.styles.element.iter(_name("lang")):
        element.set(_name("val"), LANGUAGE)
        element.set(_name("eastAsia"), LANGUAGE)
    settings = package.settings.element
    for element in settings.iter(_name("themeFontLang")):
        element.set(_name("val"), LANGUAGE)
    for element in settings.iter(_name("compatSetting")):
        # The layout of Word since 2013; older ones are shown in a window that says "Compatibility Mode".
        if element.get(_name("name")) == "compatibilityMode":
            element.set(_name("val"), "15")


def _set_styles(package: "Package") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.styles.style import ParagraphStyle

    styles = package.styles
    known = {style.name for style in styles}
    for look in _LOOKS:
        style = styles[look.name] if look.name in known else styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        if look.base:
            style.base_style = styles[look.base]
        _dress(style, look)
    styles.element.append(_xml(_TABLE_STYLE))


def _dress(style: "ParagraphStyle", look: _Look) -> None:
    from docx.shared import Pt, RGBColor

    element: Any = style.element
    for old in ("pBdr", "tabs", "contextualSpacing"):
        for found in list(element.iter(_name(old))):
            found.getparent().remove(found)
    element.get_or_add_rPr()
    for found in list(element.rPr):
        element.rPr.remove(found)
    font, layout = style.font, style.paragraph_format
    font.name, font.size, font.bold = _FONT, Pt(look.size), look.bold
    font.color.rgb = RGBColor.from_string(look.colour)
    layout.space_before, layout.space_after, layout.line_spacing = Pt(look.above), Pt(look.below), 1.1
    layout.keep_with_next = look.keep
    style.hidden, style.quick_style = False, True


def _set_page(package: "Package", page: Page) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = package.sections[0]
    sides = (_LONG_SIDE, _SHORT_SIDE) if page.landscape else (_SHORT_SIDE, _LONG_SIDE)
    section.page_width, section.page_height = map(Twips, sides)
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_MARGIN)
    section.header_distance = section.footer_distance = Twips(_MARGIN // 2)


def _set_margins_text(package: "Package", title: str, marking: str, page: Page) -> None:
    """The marking at the head and the foot of every page, and at the foot the title and the number of the page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Twips

    section = package.sections[0]
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Twips(page.room), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{_shortened(title, page)}\tPage ")
    for field, between in (("PAGE", " of "), ("NUMPAGES", "")):
        foot._p.append(_xml(f'<w:fldSimple {_W} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        foot.add_run(between)
    if marking:
        for paragraph in (section.header.paragraphs[0], section.footer.add_paragraph(style="Footer")):
            paragraph.add_run(marking).bold = True
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _shortened(title: str, page: Page) -> str:
    most = 120 if page.landscape else 75
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"


def _set_properties(package: "Package", properties: Properties) -> None:
    core = package.core_properties
    core.title, core.author, core.last_modified_by = properties.title, properties.author, properties.author
    core.created = core.modified = properties.made
    core.language, core.comments, core.revision = LANGUAGE, "", 1


def _name(local: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{local}")


def _xml(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(text)


_TABLE_STYLE: Final = f"""<w:style {_W} w:type="table" w:customStyle="1" w:styleId="PaperTable">
<w:name w:val="Paper Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C3CAD4"/>
</w:tblBorders><w:tblCellMar>
<w:top w:w="50" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>
<w:bottom w:w="50" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8EDF3"/></w:tcPr></w:tblStylePr>
</w:style>"""
