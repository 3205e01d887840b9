"""The Certificate Enrollment control of Windows (certenroll.dll) for pages that were written for Internet Explorer.

Such a page makes the user's key and installs the certificate through COM objects that only Internet Explorer has. Here
a script gives the page these objects, and everything behind them happens outside the page: keys and requests are made
with `cryptography`, responses go into the store of the PC. The page itself stays untouched, so that a real portal of
this kind can be driven. What Windows and the browser ask the user meanwhile is a `Prompt`, answered by a `User`.

    prompts, user           the dialogs, and who answers them
    options                 the browser's settings that decide whether a page may use the control at all
    interface, catalogue    which objects there are, and how their members are reached
    providers, parts, keys, requests, enrollment    what the objects do
    computer                the PC's store, and keys that await their certificate
    control, control.js     both ends of the wire between a page and the objects
    wizard                  certificate files that the user opens
"""

from sekisho.certenroll.computer import Computer, Protection
from sekisho.certenroll.control import USER_AGENT, Control
from sekisho.certenroll.options import InternetOptions
from sekisho.certenroll.user import User

__all__ = ["USER_AGENT", "Computer", "Control", "InternetOptions", "Protection", "User"]
