"""The accounts of a target file: who is given to which scenario, and who may be given again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from sekisho.language import say
from sekisho.manual.accounts import Need, told
from sekisho.manual.model import About
from sekisho.manual.selection import chosen
from sekisho.target_file.model import AccountEntry
from sekisho.target_file.people import beyond_us
from sekisho.verdict import BlockedError

# What says nothing about the kind of a user: any number of days will do for a scenario that does not ask.
INCIDENTAL = frozenset({"days_left", "company"})
CERTIFICATE, BOTH = (
    "certificate",
    "both",
)  # the trait that says which certificates a user holds

Traits = Mapping[str, str]


class Pool:
    """The accounts that are left. `days_left` reads from an account's certificates what its traits leave open.

    With `nobody` at the support desk, only a user who was reissued before the test can be one who is reissued. Of users
    who are as good as each other, one whom an earlier run `used` is given last.
    """

    def __init__(
        self,
        accounts: Sequence[AccountEntry],
        days_left: Callable[[AccountEntry], Traits],
        manual: About,
        *,
        nobody: bool = False,
        used: Callable[[AccountEntry], bool] = lambda _: False,
    ) -> None:
        """Begin with all of them. `manual` is what their manual says of itself."""
        self._certificates, self._ending_days = manual.accounts.certificates, manual.ending_days
        self._usual = {CERTIFICATE: self._certificates[0], **manual.accounts.usual}
        self._all, self._free, self._days_left, self._nobody = tuple(accounts), list(accounts), days_left, nobody
        self._used, self._waiting = used, frozenset[str]()
        self._size = Counter(one.traits.get("company") for one in accounts)

    def plan(self, needs: Sequence[Need]) -> list[AccountEntry]:
        """An account for each need of a scenario, none of them taken yet.

        Raises BlockedError that says which state and traits are missing, how many there are and how many are used.
        """
        planned = self._plan(list(needs), [])
        if planned is None:
            raise BlockedError(self._missing(list(needs)))
        return planned

    def take(self, entry: AccountEntry) -> None:
        """Use an account; one that was reserved is used by whom it is reserved for."""
        self._free = [one for one in self._free if one is not entry]

    def reserve(self, user_ids: Collection[str]) -> None:
        """Give nobody the accounts of these users: scenarios that wait have them."""
        self._waiting = frozenset(user_ids)
        self._free = [one for one in self._free if one.user_id not in self._waiting]

    def of_user(self, user_id: str) -> AccountEntry | None:
        """The account of a user, free or not."""
        return next((one for one in self._all if one.user_id == user_id), None)

    def give_back(self, entry: AccountEntry) -> None:
        """An account is as it was; it keeps its place among the others."""
        free = {id(one) for one in (*self._free, entry)}
        self._free = [one for one in self._all if id(one) in free]

    def _plan(self, needs: list[Need], chosen: list[AccountEntry]) -> list[AccountEntry] | None:
        if not needs:
            return chosen
        first, later = needs[0], needs[1:]
        fitting = [one for one in self._fitting(first, chosen) if one not in chosen]
        # Only a user to whom a later one must belong is worth a second try: the others are as good as each other.
        tried = fitting if any(f"#{len(chosen) + 1}" in dict(one.traits).values() for one in later) else fitting[:1]
        plans = (self._plan(later, [*chosen, entry]) for entry in tried)
        return next((plan for plan in plans if plan is not None), None)

    def _fitting(self, need: Need, chosen: Sequence[AccountEntry]) -> list[AccountEntry]:
        """The free accounts that meet a need, first those kept for it, with the fewest traits beyond and colleagues.

        Then those that no earlier run has used.
        """
        wanted = resolved(need, [one.user_id for one in chosen])
        found = [one for one in self._free if self._fits(one, need, wanted)]
        return sorted(
            found,
            key=lambda one: (
                *_meant(one),
                len(one.traits.keys() - wanted.keys()),
                self._size[one.user_id],
                self._used(one),
            ),
        )

    def _fits(self, entry: AccountEntry, need: Need, wanted: Traits) -> bool:
        if entry.state != need.state or not serves(entry, need, nobody=self._nobody):
            return False
        own = {**which(entry, self._certificates), **{name: str(value) for name, value in entry.traits.items()}}
        if "days_left" in wanted.keys() - own.keys():
            own |= self._days_left(entry)
        asked_for = all(own.get(name, self._usual.get(name)) == value for name, value in wanted.items())
        near_its_end = "days_left" in own and int(own["days_left"]) <= self._ending_days
        if need.state == "active" and "days_left" not in wanted and near_its_end:
            return False
        beyond = own.keys() - wanted.keys() - INCIDENTAL
        return asked_for and all(own[name] == self._usual.get(name) for name in beyond)

    def _missing(self, needs: list[Need]) -> str:
        """The first need that cannot be met beside those before it, in words."""
        if self._nobody and any(one.reissue for one in needs) and not any(one.reissued for one in self._all):
            return beyond_us(["reissue"])
        met = next(count for count in range(len(needs)) if self._plan(needs[: count + 1], []) is None)
        need, before = needs[met], self._plan(needs[:met], []) or []
        of_state = [one for one in self._all if one.state == need.state]
        fit = [one for one in of_state if self._fits(one, need, resolved(need, [one.user_id for one in before]))]
        used = sum(one not in self._free or one in before for one in fit)
        having = say(f"、性質 {told(need.traits)}", f" with traits {told(need.traits)}") if need.traits else ""
        having += (
            say("、再発行済み（reissued）", ", reissued before the test (reissued)")
            if need.reissue and self._nobody
            else ""
        )
        counts = say(
            f"この状態は {len(of_state)} 件、うち条件に合うもの {len(fit)} 件、使用済み {used} 件",
            f"{len(of_state)}, of these fitting: {len(fit)}, used: {used}",
        )
        waiting = sum(one.user_id in self._waiting for one in fit)
        counts += (
            say(f"、うち待機中のシナリオが使用 {waiting} 件", f", held by waiting scenarios: {waiting}")
            if waiting
            else ""
        )
        return say(
            f"状態 {need.state}{having} のアカウントがない（ターゲットファイルに{counts}）",
            f"No account in state {need.state}{having} (in this state the target file has {counts})",
        )


def _meant(entry: AccountEntry) -> tuple[bool, bool]:
    """The order of accounts that fit: first those of no use elsewhere."""
    return not entry.scenarios, entry.reissued is None


def serves(entry: AccountEntry, need: Need, *, nobody: bool) -> bool:
    """Whether an account may be given to the scenario: it may be kept for others, or have been reissued before."""
    if need.reissue != bool(entry.reissued) and (entry.reissued or nobody):
        return False
    return not entry.scenarios or need.scenario in _kept_for(entry.scenarios)


@cache
def _kept_for(patterns: tuple[str, ...]) -> frozenset[str]:
    """The ids of the results that these patterns mean."""
    return frozenset(result for one in chosen([], list(patterns)) for result in one.results)


def which(entry: AccountEntry, certificates: Sequence[str]) -> Traits:
    """Which certificates an account has, where that makes it another kind of user than most."""
    held = {one.which for one in entry.identities}
    other = next((one for one in certificates[1:] if one in held), "")
    return {CERTIFICATE: BOTH if len(held) > 1 else other} if other else {}


def resolved(need: Need, user_ids: Sequence[str]) -> dict[str, str]:
    """The traits that are asked for, with `#1` as the user ID of the scenario's first user."""
    known = dict(_numbered(user_ids))
    return {name: known.get(value, value) for name, value in need.traits}


def _numbered(user_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((f"#{number}", user_id) for number, user_id in enumerate(user_ids, start=1))
