"""Counters of limits: how often something may be done, by whom, from where."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from readers import limit_counters
from readers.limit_counters import take
from readers.models import LimitCounter
from tests.server import ROOT, environment

BOTH = [limit_counters.database, limit_counters.process]
IDS = ["database", "process"]


@pytest.mark.django_db
@pytest.mark.parametrize("counters", BOTH, ids=IDS)
def test_a_burst_up_to_the_limit_passes_and_then_one_for_each_share_of_the_time(clock, counters):
    assert [take({"a": 3}, 60, counters) for _ in range(5)] == [0, 0, 0, 20, 20]
    clock.seconds += 19
    assert take({"a": 3}, 60, counters) == 1
    clock.seconds += 1
    assert [take({"a": 3}, 60, counters) for _ in range(2)] == [0, 20]
    clock.seconds += 600
    assert [take({"a": 3}, 60, counters) for _ in range(4)] == [0, 0, 0, 20]


@pytest.mark.django_db
@pytest.mark.parametrize("counters", BOTH, ids=IDS)
@pytest.mark.parametrize("most", [1, 7, 12, 11, 300])
def test_exactly_so_many_pass_at_one_time(clock, counters, most):
    assert sum(not take({"a": most}, 60, counters) for _ in range(most + 20)) == most


@pytest.mark.django_db
@pytest.mark.parametrize("counters", BOTH, ids=IDS)
def test_of_several_limits_the_longest_wait_counts_and_zero_refuses_all(clock, counters):
    assert take({"a": 2, "b": 1}, 60, counters) == 0
    assert take({"a": 2, "b": 1}, 60, counters) == 60
    assert take({"c": 0}, 60, counters) == 60


@pytest.mark.django_db
def test_a_counter_tells_nobody_and_goes_with_the_next_tick_after_it_is_empty(clock):
    take({"NOTES address 192.0.2.7": 2}, 60)
    counter = LimitCounter.objects.get()
    assert "192" not in counter.key and len(counter.key) == 32
    clock.seconds += 29
    call_command("tick")
    assert LimitCounter.objects.exists()
    clock.seconds += 2
    call_command("tick")
    assert not LimitCounter.objects.exists()


def test_this_process_counts_where_the_database_cannot(clock, caplog):
    def away(*use):
        raise DatabaseError("The database is away.")

    broken = SimpleNamespace(advance=away)
    assert [take({"a": 1}, 60, broken) for _ in range(2)] == [0, 60]
    assert "The database is away." in caplog.text


def test_a_process_forgets_empty_counters_and_keeps_at_most_so_many(clock, monkeypatch):
    monkeypatch.setattr("readers.limit_counters.MAX_IN_PROCESS", 3)
    for key in "abc":
        take({key: 1}, 60, limit_counters.process)
    clock.seconds += 61
    take({"d": 1}, 60, limit_counters.process)
    assert len(limit_counters.process.counters) == 1


AT_ONCE = """
import threading
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from readers.limit_counters import take

call_command("migrate", verbosity=0)
waits, barrier = [], threading.Barrier(20)

def use():
    barrier.wait()
    for _ in range(3):
        waits.append(take({"one": 12, "two": 1000}, 86_400))
    connection.close()

threads = [threading.Thread(target=use) for _ in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(waits), waits.count(0))
"""


def test_of_sixty_uses_at_once_twelve_pass_a_limit_of_twelve(tmp_path, site_database):
    done = subprocess.run(
        [sys.executable, "-c", AT_ONCE],
        cwd=ROOT,
        env=environment(tmp_path, **site_database.variables),
        capture_output=True,
        text=True,
    )
    assert done.stdout == "60 12\n", done.stderr


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has one lock for all.")
def test_who_writes_waits_for_the_lock_of_counters_only_once_and_shortly(shared_database, clock):
    waits = []

    def watch(execute, sql, params, *rest):
        if "busy_timeout =" in sql:
            waits.append(int(sql.rpartition("=")[2]))
        return execute(sql, params, *rest)

    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        with connection.execute_wrapper(watch):
            assert [take({"a": 1, "b": 1}, 60), take({"c": 1}, 60)] == [0, 0]
            # What was counted meanwhile is counted in this process.
            assert take({"a": 1}, 60) > 0
    usual = round(connection.settings_dict["OPTIONS"]["timeout"] * 1000)
    assert waits == [round(limit_counters.WAIT * 1000), usual]
    assert not LimitCounter.objects.exists()
