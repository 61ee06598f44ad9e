"""A script inside a newsroom of which every reader's page is asked for, while nobody writes and while somebody does for
longer than a request waits: by a connection that is there, and by a new one; built by the application, and stored."""

SCRIPT = """
import threading, time
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone
from articles import pagestore
from articles.baking import bake_everything
from tests.reader.whole import crawl, furnish

setup_test_environment()
furnish()
client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)

def read():
    return {output.path: output.response.status_code for output in crawl(client) if output.kind != "healthz"}

def read_anew():
    found = {}
    def run():
        found.update(read())
        connection.close()
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found

def hold(begin, read):
    '''Return what is read while another holds the database.'''
    held, done = threading.Event(), threading.Event()
    def write():
        with connection.cursor() as cursor:
            cursor.execute(begin)
            for _ in range(200):  # more than stays in memory
                cursor.execute("UPDATE articles_page SET last_error = hex(randomblob(50000))")
            held.set()
            done.wait(300)
            cursor.execute("ROLLBACK")
        connection.close()
    thread = threading.Thread(target=write)
    thread.start()
    held.wait(60)
    try:
        return read()
    finally:
        done.set()
        thread.join()

def outcomes():
    for begin, reading in (("BEGIN IMMEDIATE", read), ("BEGIN EXCLUSIVE", read_anew)):
        found = hold(begin, reading)
        print({path: status for path, status in found.items() if free.get(path) != status}, len(found) == len(free))

free = read()
print(len(free) > 60, {200, 301, 404, 410} >= set(free.values()))
outcomes()
bake_everything(timezone.now())
print(sum(1 for _ in pagestore.stored_paths()) > 30)
outcomes()
"""
TOLD = ["True True", "{} True", "{} True", "True", "{} True", "{} True"]
