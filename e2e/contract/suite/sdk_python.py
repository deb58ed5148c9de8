"""The documentation's examples with the official Python client as it is published.

Usage: sdk_python.py URL GRAPH [KEY]. Prints one JSON object: example name to null, or to what went wrong.
"""

import asyncio
import json
import sys
import traceback

from langgraph_sdk import get_client

url, assistant_id = sys.argv[1], sys.argv[2]
client = get_client(url=url, api_key=sys.argv[3] if len(sys.argv) > 3 else None)
question = {"messages": [{"role": "user", "content": "What time is it?"}]}


async def thread():
    thread = await client.threads.create()
    cron_job = await client.crons.create_for_thread(
        thread["thread_id"],
        assistant_id,
        schedule="27 15 * * *",
        input=question,
    )
    assert cron_job["thread_id"] == thread["thread_id"], cron_job
    await client.crons.delete(cron_job["cron_id"])
    assert await client.crons.search(thread_id=thread["thread_id"]) == []
    await client.threads.delete(thread["thread_id"])


async def stateless():
    cron_job_stateless = await client.crons.create(
        assistant_id,
        schedule="27 15 * * *",
        input=question,
    )
    assert cron_job_stateless["thread_id"] is None, cron_job_stateless
    await client.crons.delete(cron_job_stateless["cron_id"])


async def whole_round():
    assistant = await client.assistants.create(graph_id=assistant_id, name="contract", config={"tags": ["sdk-python"]})
    own = assistant["assistant_id"]
    await client.crons.create(
        own,
        schedule="27 15 * * *",
        input=question,
        timezone="Asia/Kolkata",
        metadata={"team": "ops"},
        on_run_completed="keep",
        enabled=False,
    )
    found = await client.crons.search(assistant_id=own, metadata={"team": "ops"}, limit=5)
    assert [cron["enabled"] for cron in found] == [False], found
    assert await client.crons.count(assistant_id=own) == 1
    updated = await client.crons.update(
        found[0]["cron_id"], schedule="0 9 * * *", end_time=None, metadata={"seen": True}
    )
    assert updated["schedule"] == "0 9 * * *", updated
    assert updated["metadata"] == {"team": "ops", "seen": True}, updated
    assert "T03:30:00" in updated["next_run_date"], updated
    await client.crons.delete(found[0]["cron_id"])
    await client.assistants.delete(own)


async def main():
    outcome = {}
    for example in (thread, stateless, whole_round):
        try:
            await example()
            outcome[example.__name__] = None
        except Exception:
            outcome[example.__name__] = traceback.format_exc()
    print(json.dumps(outcome))


asyncio.run(main())
