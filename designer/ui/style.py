"""The theme in Qt's own terms: a palette, and the few rules that a palette cannot say."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from designer.ui.theme import Theme, mixed

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


def palette(theme: Theme) -> QPalette:
    """The colours of Qt's own widgets."""
    made = QPalette()
    roles = {
        Role.Window: theme.panel,
        Role.WindowText: theme.text,
        Role.Base: theme.field,
        Role.AlternateBase: theme.sunken,
        Role.Text: theme.text,
        Role.PlaceholderText: theme.text3,
        Role.Button: theme.card,
        Role.ButtonText: theme.text,
        Role.BrightText: theme.danger,
        Role.ToolTipBase: theme.raised,
        Role.ToolTipText: theme.text,
        Role.Highlight: theme.accentsoft,
        Role.HighlightedText: theme.text,
        Role.Accent: theme.accent,
        Role.Link: theme.accenttext,
        Role.LinkVisited: theme.accenttext,
        Role.Light: theme.line,
        Role.Midlight: theme.line,
        Role.Mid: theme.line2,
        Role.Dark: theme.line2,
        Role.Shadow: theme.line2,
    }
    for role, colour in roles.items():
        made.setColor(role, colour)
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(Group.Disabled, role, mixed(theme.text3, theme.panel, 0.7))
    return made


def rules(theme: Theme) -> str:
    """The style sheet of the window."""
    fonts = theme.fonts
    return _RULES.format(
        **{name: _css(colour) for name, colour in vars(theme).items() if isinstance(colour, QColor)},
        hover=_css(mixed(theme.text, theme.panel, 0.07)),
        row=fonts.row,
        body=fonts.body.font.pixelSize(),
        small=fonts.small.font.pixelSize(),
        caption=fonts.caption.font.pixelSize(),
    )


def _css(colour: QColor) -> str:
    return colour.name()


_RULES = """
QMainWindow, QDialog {{ background: {panel}; }}
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QStatusBar {{ background: {panel}; }}
QStatusBar::item {{ border: none; }}
QFrame[rule="true"] {{ background: {line2}; border: none; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line2}; padding: 4px 6px; }}
QMenuBar {{ background: transparent; border: none; }}
QMenuBar::item {{ padding: 4px 7px; border-radius: 5px; background: transparent; color: {text}; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {accentsoft}; color: {accenttext}; }}
QMenu {{ background: {raised}; border: 1px solid {line2}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 10px; border-radius: 4px; color: {text}; }}
QMenu::item:selected {{ background: {accentsoft}; color: {accenttext}; }}
QMenu::item:disabled {{ color: {text3}; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {line2}; margin: 4px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 9px; margin: 0; }}
QScrollBar::handle {{ background: {line2}; border-radius: 1px; margin: 3px;
    min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {fieldline}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea {{ border: none; background: transparent; }}
QLabel[tone="2"] {{ color: {text2}; }}
QLabel[tone="3"] {{ color: {text3}; }}
QLabel[tone="danger"] {{ color: {danger}; }}
QLabel[tone="warn"] {{ color: {warn}; }}
QLabel[tone="accent"] {{ color: {accenttext}; }}
QPlainTextEdit, QLineEdit[boxed="true"] {{
    background: {field}; color: {text}; border: 1px solid {line2}; border-bottom-color: {fieldline};
    border-radius: 5px; padding: 3px 6px; selection-background-color: {accentsoft};
    selection-color: {text}; }}
QPlainTextEdit:focus, QLineEdit[boxed="true"]:focus {{ border: 2px solid {accent}; padding: 2px 5px; }}
QPushButton, QToolButton[boxed="true"] {{
    background: {card}; color: {text}; border: 1px solid {line2}; border-radius: 6px; padding: 4px 10px; }}
QPushButton:hover, QToolButton[boxed="true"]:hover {{ border-color: {fieldline}; }}
QPushButton:focus, QToolButton[boxed="true"]:focus {{ border: 2px solid {accent}; padding: 3px 9px; }}
QPushButton:default {{ background: {accent}; color: {onaccent}; border-color: {accent}; }}
QPushButton[soft="true"] {{ background: {accentsoft}; color: {accenttext}; border-color: transparent; }}
QPushButton[soft="true"]:hover {{ border-color: {accent}; }}
QPushButton[soft="true"]:focus {{ border-color: {accent}; }}
QPushButton:disabled {{ color: {text3}; }}
QToolButton[plain="true"] {{ background: transparent; border: 2px solid transparent; border-radius: 5px;
    padding: 2px; }}
QToolButton[plain="true"]:hover {{ background: {hover}; }}
QToolButton[plain="true"]:focus {{ border-color: {accent}; }}
QToolButton[cell="true"] {{ background: {field}; border: 1px solid {line2}; border-radius: 4px;
    color: {text2}; padding: 1px 5px; }}
QToolButton[cell="true"]:hover {{ border-color: {accent}; }}
QToolButton[cell="true"]:checked {{ background: {accentsoft}; border-color: {accent}; color: {accenttext}; }}
QToolButton[link="true"] {{ background: transparent; border: 2px solid transparent; border-radius: 4px;
    color: {accenttext}; padding: 0 2px; }}
QToolButton[link="true"]:hover {{ background: {accentsoft}; }}
QToolButton[link="true"]:focus {{ border-color: {accent}; }}
QToolButton[named="true"] {{ background: transparent; border: 2px solid transparent; border-radius: 4px;
    color: {text}; padding: 0 1px; margin-left: -3px; }}
QToolButton[named="true"]:hover {{ background: {hover}; }}
QToolButton[named="true"]:focus {{ border-color: {accent}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QAbstractItemView {{ background: {raised}; color: {text}; outline: none;
    selection-background-color: {accentsoft}; selection-color: {accenttext}; }}
QComboBox QAbstractItemView {{ border: 1px solid {line2}; padding: 3px; }}
"""
