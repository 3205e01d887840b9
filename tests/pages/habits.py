"""Small pages with the habits of portals that take their time, and a server for them."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOGIN = "<button>Login</button>"
INSTRUCTIONS = "<p>パスワードが一致しませんと、先へ進めません。</p>"
FORM = "<form method=post><input name=user aria-label='ユーザ ID'><button>Login</button></form>"
HAND_ON = (
    "<script>const { port1, port2 } = new MessageChannel(); let end; port1.onmessage = () =>"
    " performance.now() < end ? port2.postMessage(0) : location = '/there';"
    "const hand = () => { end = performance.now() + 300; port2.postMessage(0) };"
)
CUT = {  # and how many bytes of each do not come
    "/cut": (f"<p>ここまで届いた</p>{LOGIN}", len(LOGIN)),
    "/cut-in-its-head": (f"<style>p {{ color: red }}</style>{LOGIN}", len(LOGIN) + 12),
    "/cut-at-its-end": ("<form action='/file'><button>鍵</button></form>\n", 1),
}
FILE = {"Content-Disposition": "attachment; filename=key.txt"}
REFUSED = "<p>入力が一致しません</p>"
PAGES = {
    "/there": LOGIN,
    "/still": "<p>ようこそ</p>",
    "/beside-nothing": f"<iframe src='/never'></iframe><p>ようこそ</p>{LOGIN}",
    "/asks-for-news": f"<script>(async () => {{ for (;;) await fetch('/never') }})()</script><p>ようこそ</p>{LOGIN}",
    "/opens-another": "<a href='/never' target=_blank>鍵</a>",
    "/old-library": "<script>Array.from = one => 'length' in one ? [].slice.call(one) : [one]</script>"
    f"<p id=p></p><script>setTimeout(() => p.innerHTML = '{LOGIN}', 1200)</script>",
    "/picture-never-comes": "<img src='/never'><p>ようこそ</p>",
    "/written": f"<iframe src='/never'></iframe><script>frames[0].document.write('{LOGIN}')</script>",
    "/made-by-a-script": f"<iframe src=\"javascript:'{LOGIN}'\"></iframe>",
    "/meta": "<meta http-equiv=refresh content='1; url=/there'>",
    "/meta-forever": "<meta http-equiv=refresh content='0.3'><p>発行しています</p>",
    "/timer": f"<p id=p></p><script>setTimeout(() => p.innerHTML = '{LOGIN}', 1200)</script>",
    "/words-in-a-timer": f"<p id=p></p><script>setTimeout(\"p.innerHTML = '{LOGIN}'\", 1200)</script>",
    "/countdown": "<p id=p>3</p><script>const tick = setInterval(() => { p.textContent -= 1;"
    " if (p.textContent < 1) { clearInterval(tick); location = '/there' } }, 400)</script>",
    "/poll": "<script>const look = () => fetch('/ready').then(answer => answer.text())"
    ".then(text => text === 'yes' ? location = '/there' : setTimeout(look, 600)); look()</script>",
    # what internet banking does on all its pages
    "/never-still": "<p>ようこそ</p><script>const ask = path => fetch(path).then(() => setTimeout(ask, 300, path));"
    "ask('/keep-alive'); ask('/long-poll'); setInterval(() => document.title = new Date(), 200)</script>",
    "/form": "<script>setTimeout(() => document.forms[0].submit(), 700)</script><form action='/slow'></form>",
    # between a timer and what it began there is a moment in which nothing shows
    "/handed-on": f"{HAND_ON}setTimeout(hand, 700)</script>",
    "/counted-down": f"{HAND_ON}const tick = setInterval(() => {{ clearInterval(tick); hand() }}, 700)</script>",
    "/leads-nowhere": "<script>location = '/never'</script><p>まもなく移動します</p>",
    "/leaves": "<script>setTimeout(() => location = '/unnamed', 300)</script>",
    # what a browser cannot be asked about: nothing is pending but the next picture
    "/words": f"<p id=p>処理中です</p><script>const end = performance.now() + 1500; const paint = () =>"
    f" performance.now() < end ? requestAnimationFrame(paint) : p.innerHTML = '{LOGIN}'; paint()</script>",
    "/words-forever": "<p>処理中です</p>",
    "/greyed": "<button disabled onclick=\"document.title = 'pressed'\">Login</button>"
    "<script>setTimeout(() => document.querySelector('button').disabled = false, 900)</script>",
    "/covered": "<button onclick=\"document.title = 'pressed'\">Login</button>"
    "<div id=veil style='position:fixed;inset:0;background:#8888'>読み込んでいます</div>"
    "<script>setTimeout(() => veil.remove(), 900)</script>",
    "/instructions": INSTRUCTIONS + FORM,
    "/leads-to-a-form": "<form method=post action='/sent-form'><button>Login</button></form>",
    "/before-the-press": "<p id=p></p>"
    f"<input aria-label='ユーザ ID' oninput=\"p.textContent = '一致しません'\">{LOGIN}",
    "/listed-late": "<table><tr><th>リクエスト ID<th>ステータス<tr><td>7<td id=s>発行中</table>"
    "<script>setTimeout(() => s.innerHTML = '<button onclick=\"document.title = 7\">Download Key</button>', 900);"
    "</script>",
}


class Habits(ThreadingHTTPServer):
    """The server, on a free port of loopback."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen and serve until `shutdown`."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked = 0
        self.refusing = False
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Habits

    def do_GET(self) -> None:
        """A page, at once or late."""
        path = self.path.partition("?")[0]
        if path == "/slow":
            time.sleep(1.5)  # a server that is at work
            self._answer(LOGIN)
        elif path == "/unnamed":  # an answer that begins long before it can be told what it is
            self.send_response(200)
            self.end_headers()
            time.sleep(3)
            self.wfile.write(LOGIN.encode())
        elif path == "/never":
            self.rfile.read(1)  # until nobody waits any more
        elif path == "/header":
            self._answer("<p>まもなく移動します</p>", {"Refresh": "1; url=/there"})
        elif path == "/ready":
            self.server.asked += 1
            self._answer("yes" if self.server.asked > 3 else "no")
        elif path == "/long-poll":
            time.sleep(4)
            self._answer("nothing")
        elif path in CUT:
            self._cut(*CUT[path])
        elif path == "/nothing":
            self._answer("お探しのものはございません", status=404)
        else:
            self._answer(PAGES.get(path, ""), FILE if path == "/file" else None)

    def do_POST(self) -> None:
        """The form again, with a refusal or without."""
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path == "/sent-form":  # as an answer that a browser does not keep
            self._answer(FORM.replace("post", "post action='/page-of-its-own'"), {"Cache-Control": "no-store"})
        elif self.path == "/page-of-its-own":
            self._answer(f"{REFUSED}<form method=post action='/sent-form'><button>戻る</button></form>")
        else:
            self._answer(INSTRUCTIONS + (REFUSED if self.server.refusing else "") + FORM)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def _cut(self, body: str, lacking: int) -> None:
        """A page without its last bytes, and then the end of the connection."""
        data = f"<!doctype html><meta charset=utf-8>{body}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:-lacking])
        self.close_connection = True

    def _answer(self, body: str, headers: dict[str, str] | None = None, status: int = 200) -> None:
        data = f"<!doctype html><meta charset=utf-8>{body}".encode() if "<" in body else body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
