"""How a person comes to the browser's own lists of certificates, and what is read where those cannot be operated."""

from __future__ import annotations

from sekisho.browser.blame import agree
from sekisho.browser.certificate_lists import (
    Listing,
    ManagerWithStoredDetails,
    Managing,
    StoredList,
    StoredOwn,
    WithStoredDetails,
)
from sekisho.evidence.recorder import Recorder
from sekisho.language import say
from sekisho.native_ui import CertificateList, CertificateManager, Surface
from sekisho.person.sight import Sight
from sekisho.person.windows import Windows
from sekisho.results import Note


class CertificateLists:
    """Opened in a new window, in place of what is open.

    Where rows of the manual describe the way there, that is walked from the browser's menu (5 s), else its address
    leads there. Where a list cannot be read, the store itself is; where only the viewer cannot, the details are the
    store's. The report says so.
    """

    def __init__(self, windows: Windows, sight: Sight, recorder: Recorder) -> None:
        """Of the PC to which these windows belong."""
        self._windows, self._sight, self._recorder = windows, sight, recorder

    def own(self) -> Managing:
        """The person's own certificates, in the browser's certificate manager."""
        pc = self._windows.pc
        stored = StoredOwn(pc.store)
        if self._reads_the_store_for(Surface.CERTIFICATE_MANAGER):
            return stored
        manager = CertificateManager.open(pc, self._windows.new(), walk=self._recorder.shows_rows)
        self._show(manager)
        agree(manager, pc.store.personal())
        return ManagerWithStoredDetails(manager, stored) if self._notes_lack_of_viewer() else manager

    def roots(self) -> Listing:
        """The roots that this PC trusts."""
        pc = self._windows.pc
        stored = StoredList(pc.store.trusted_roots)
        if self._reads_the_store_for(Surface.TRUSTED_ROOTS):
            return stored
        listed = CertificateManager.open_roots(pc, self._windows.new(), walk=self._recorder.shows_rows)
        self._show(listed)
        agree(listed, pc.store.trusted_roots())
        return WithStoredDetails(listed, stored) if self._notes_lack_of_viewer() else listed

    def _reads_the_store_for(self, surface: Surface) -> bool:
        """Whether a list of the browser's cannot be read here, as the report says then; nothing of it is shown."""
        pc = self._windows.pc
        if surface not in pc.lacking or pc.mode == "context":
            return False
        self._windows.front(self._windows.new().new_page())
        self._note_lack_of(surface)
        return True

    def _notes_lack_of_viewer(self) -> bool:
        lacks = Surface.CERTIFICATE_VIEWER in self._windows.pc.lacking
        if lacks:
            self._note_lack_of(Surface.CERTIFICATE_VIEWER)
        return lacks

    def _note_lack_of(self, surface: Surface) -> None:
        why = self._windows.pc.lacking[surface]
        line = say(
            f"「{surface}」を操作できない（{why}）ので、証明書ストアそのものを読んだ",
            f'"{surface}" cannot be operated ({why}), so the certificate store itself was read',
        )
        self._recorder.add(
            Note(title=say("ブラウザーの画面の代わり", "Instead of the browser's own page"), lines=[line])
        )

    def _show(self, opened: CertificateList) -> None:
        self._windows.page, self._sight.outside = opened.page, True
        self._recorder.add(
            Note(
                title=say("証明書の管理までに押したもの", "Pressed on the way to the certificate manager"),
                lines=opened.route,
            )
        )
