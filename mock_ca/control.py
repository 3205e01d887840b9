"""The control port: what a test, or a person at the console, may do to the mock that no visitor may.

JSON over plain HTTP with `Authorization: Bearer TOKEN`. Errors are {"error": sentence} with 400, 401, 403 (the request
comes from another site's page), 404 or 405.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from mock_ca.callers import same, stranger
from mock_ca.defects import UnknownDefectError
from mock_ca.mock import Mock
from mock_ca.registry import Certificate, Request
from mock_ca.system import BadRequestError, System

LONGEST = timedelta(days=4000)
FARTHEST = timedelta(days=10000)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """What can be asked for, and the web application that asks for it."""

    def __init__(self, mock: Mock, systems: Mapping[str, System], token: str) -> None:
        """Control these systems; only bearers of the token may."""
        self._mock, self._systems, self._token = mock, systems, token

    def app(self) -> web.Application:
        """The web application."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(
            [
                web.post("/scenario", self._scenario),
                web.post("/subscribers", self._provision),
                web.get("/subscribers/{user_id}", self._subscriber),
                web.get("/subscribers/{user_id}/trace", self._trace),
                web.post("/subscribers/{user_id}/reissue", self._reissue),
                web.get("/clock", self._clock),
                web.post("/clock", self._advance),
                web.delete("/clock", self._set_back),
                web.get("/defects", self._defects),
                web.put("/defects", self._switch),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if len(request.match_info.apps) > 1:  # the console, which has a guard of its own
            return await handler(request)
        if elsewhere := stranger(request):
            return _error(403, elsewhere)
        if not same(request.headers.get("Authorization", ""), f"Bearer {self._token}"):
            return _error(401, "the control port needs the header Authorization: Bearer TOKEN")
        try:
            return await handler(request)
        except (BadRequestError, UnknownDefectError) as error:
            return _error(400, str(error))
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed) as error:
            return _error(error.status, f"the control port has no {request.method} {request.path}")

    async def provision(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Register a subscriber: {"system", "state", …traits}. Raises BadRequestError."""
        traits = dict(wanted)
        name = traits.pop("system", None)
        if not isinstance(name, str) or name not in self._systems:
            raise BadRequestError(f"unknown system {name!r}; known: {', '.join(self._systems)}")
        return await self._systems[name].provision(traits.pop("state", ""), traits)

    async def reissue(self, user_id: str) -> dict[str, Any]:
        """The support desk of the subscriber's system. Raises BadRequestError."""
        user = self._mock.subscribers.get(user_id)
        if user is None:
            raise BadRequestError(f"no subscriber {user_id!r}")
        return await self._systems[user.system].reissue(user_id)

    def advance(self, by: timedelta) -> str:
        """Move the business clock forward, with the morning's work of each day that begins."""
        for day in self._mock.clock.advance(by):
            self._morning(day)
        self._mock.outbox.flush()
        return self._mock.clock.now().isoformat()

    def _morning(self, day: date) -> None:
        with self._mock.registry.transaction():
            for system in self._systems.values():
                system.daily(day)

    async def _scenario(self, request: web.Request) -> web.Response:  # noqa: ARG002
        self._mock.clock.reset()
        self._mock.defects.reset()
        with self._mock.registry.transaction():
            self._mock.certificates.settle()
        return web.json_response({})

    async def _provision(self, request: web.Request) -> web.Response:
        return web.json_response(await self.provision(await _body(request)))

    async def _reissue(self, request: web.Request) -> web.Response:
        return web.json_response(await self.reissue(request.match_info["user_id"]))

    async def _clock(self, request: web.Request) -> web.Response:  # noqa: ARG002
        return web.json_response({"now": self._mock.clock.now().isoformat()})

    async def _advance(self, request: web.Request) -> web.Response:
        if set(body := await _body(request)) == {"day"}:
            self._mock.clock.set_day(self._later_day(str(body["day"])))
            return await self._clock(request)
        return web.json_response({"now": self.advance(self._step(body))})

    async def _set_back(self, request: web.Request) -> web.Response:
        """Real time again; unlike a new scenario, this leaves what days do to the users who are there."""
        self._mock.clock.reset()
        return await self._clock(request)

    def _step(self, body: Mapping[str, Any]) -> timedelta:
        """{"days": n} or {"minutes": n} forward, or {"to": "HH:MM"}: the next such time of day.

        {"day": "YYYY-MM-DD"} is noon of that day at once, without the mornings in between.
        """
        if set(body) == {"to"}:
            return self._until(str(body["to"]))
        if set(body) not in ({"days"}, {"minutes"}) or any(type(value) is not int for value in body.values()):
            raise BadRequestError(
                'the clock takes {"days": n}, {"minutes": n}, {"to": "HH:MM"} or {"day": "YYYY-MM-DD"}'
            )
        step = timedelta(**{name: max(-1, min(value, 10**7)) for name, value in body.items()})
        if not timedelta() <= step <= LONGEST:
            raise BadRequestError(f"the clock only moves forward, by {LONGEST.days} days at most")
        return step

    def _later_day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise BadRequestError(f"not a day (YYYY-MM-DD): {text!r}") from None
        first = self._mock.clock.today()
        if not first < day <= first + FARTHEST:
            raise BadRequestError(f"the calendar only moves forward, by {FARTHEST.days} days at most, not to {text}")
        return day

    def _until(self, time_of_day: str) -> timedelta:
        now = self._mock.clock.now()
        try:
            hour, minute = map(int, time_of_day.split(":"))
            wanted = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        except ValueError:
            raise BadRequestError(f"not a time of day (HH:MM): {time_of_day!r}") from None
        return wanted - now if wanted > now else wanted - now + timedelta(days=1)

    async def _defects(self, request: web.Request) -> web.Response:  # noqa: ARG002
        defects = self._mock.defects
        return web.json_response(
            {"catalogue": defects.listed(), "on": sorted(defects.on), "touched": sorted(defects.touched)}
        )

    async def _switch(self, request: web.Request) -> web.Response:
        wanted = (await _body(request)).get("on")
        if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
            raise BadRequestError('defects are switched with {"on": ["name", …]}')
        self._mock.defects.switch(wanted)
        return web.json_response({"on": sorted(wanted)})

    async def _subscriber(self, request: web.Request) -> web.Response:
        user_id = request.match_info["user_id"]
        if self._mock.subscribers.get(user_id) is None:
            return _error(404, f"no subscriber {user_id!r}")
        return web.json_response(self.facts(user_id))

    async def _trace(self, request: web.Request) -> web.Response:
        return web.json_response({"trace": self._mock.registry.trace(request.match_info["user_id"])})

    def facts(self, user_id: str) -> dict[str, Any]:
        """A subscriber's certificates (oldest first) and requests (newest first)."""
        held = [_certificate(one) for one in self._mock.certificates.of_user(user_id)]
        return {"certificates": held, "requests": [_request(one) for one in self._mock.requests.of_user(user_id)]}


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except (ValueError, LookupError, RecursionError) as error:  # bytes, a charset, or brackets that JSON cannot have
        raise BadRequestError(f"not JSON: {error}") from None
    if not isinstance(body, dict):
        raise BadRequestError("the body must be a JSON object")
    return body


def _error(status: int, sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=status)


def _certificate(one: Certificate) -> dict[str, Any]:
    return {
        "serial": one.serial,
        "which": one.which,
        "kind": one.kind,
        "issuer": one.issuer,
        "request_id": one.request_id,
        "status": "revoked" if one.revoked_at else "issued",
        "not_before": one.not_before.isoformat(),
        "not_after": one.not_after.isoformat(),
    }


def _request(one: Request) -> dict[str, Any]:
    return {
        "request_id": one.request_id,
        "reference_id": one.reference_id,
        "which": one.which,
        "kind": one.kind,
        "status": one.status,
        "asked_at": one.asked_at.isoformat(),
        "handed_out": one.handed_out,
        "fetched": one.fetched_at is not None,
    }
