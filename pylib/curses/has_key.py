"""has_key() without the help of _curses: what the terminal's entry says."""

import _curses

# Keys by the name of what the entry says they send; the function keys come besides.
_capability_names = {
    getattr(_curses, 'KEY_' + key): name
    for key, _, name in (pair.partition(':') for pair in (
        'DOWN:kcud1 UP:kcuu1 LEFT:kcub1 RIGHT:kcuf1 HOME:khome BACKSPACE:kbs DL:kdl1 IL:kil1 DC:kdch1 IC:kich1 EIC:krmir '
        'CLEAR:kclr EOS:ked EOL:kel SF:kind SR:kri NPAGE:knp PPAGE:kpp STAB:khts CTAB:kctab CATAB:ktbc ENTER:kent '
        'PRINT:kprt LL:kll A1:ka1 A3:ka3 B2:kb2 C1:kc1 C3:kc3 BTAB:kcbt BEG:kbeg CANCEL:kcan CLOSE:kclo COMMAND:kcmd '
        'COPY:kcpy CREATE:kcrt END:kend EXIT:kext FIND:kfnd HELP:khlp MARK:kmrk MESSAGE:kmsg MOVE:kmov NEXT:knxt '
        'OPEN:kopn OPTIONS:kopt PREVIOUS:kprv REDO:krdo REFERENCE:kref REFRESH:krfr REPLACE:krpl RESTART:krst '
        'RESUME:kres SAVE:ksav SBEG:kBEG SCANCEL:kCAN SCOMMAND:kCMD SCOPY:kCPY SCREATE:kCRT SDC:kDC SDL:kDL SELECT:kslt '
        'SEND:kEND SEOL:kEOL SEXIT:kEXT SFIND:kFND SHELP:kHLP SHOME:kHOM SIC:kIC SLEFT:kLFT SMESSAGE:kMSG SMOVE:kMOV '
        'SNEXT:kNXT SOPTIONS:kOPT SPREVIOUS:kPRV SPRINT:kPRT SREDO:kRDO SREPLACE:kRPL SRIGHT:kRIT SRSUME:kRES '
        'SSAVE:kSAV SSUSPEND:kSPD SUNDO:kUND SUSPEND:kspd UNDO:kund'
    ).split())
} | {getattr(_curses, f'KEY_F{n}'): f'kf{n}' for n in range(64)}


def has_key(ch):
    """Whether the terminal has a key, given by its code or as a character."""
    if isinstance(ch, str):
        ch = ord(ch)
    name = _capability_names.get(ch)
    if name is None:
        return False
    return bool(_curses.tigetstr(name))
