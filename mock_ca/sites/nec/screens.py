"""The pages as this portal serves them: in Shift_JIS, and with its own answers to what it does not know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from mock_ca.sites.nec.figures import TITLES
from mock_ca.web import Pages, SessionInvalidError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Screens:
    """Renders templates."""

    def __init__(self, pages: Pages) -> None:
        """Use this system's templates."""
        self._pages = pages

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """One page."""
        utf8 = self._pages.page(template, status=status, **values)
        body = str(utf8.text).encode("cp932", "xmlcharrefreplace")
        kind = {"Content-Type": "text/html; charset=Shift_JIS", "Cache-Control": "no-store"}
        return web.Response(body=body, status=status, headers=kind)

    def app(self, routes: list[web.RouteDef]) -> web.Application:
        """A site with these pages."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(routes)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == "/favicon.ico":  # browsers ask for it unasked
            return web.Response(status=204)
        try:
            return await handler(request)
        except SessionInvalidError:
            return self.page("closed.html", title=TITLES["issue"])
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return self.page("not_found.html", status=404, title=TITLES["issue"])
