"""A graph without a model whose behaviour is chosen by its input.

Input: messages (list), sleep_ms (int, work lasts that long), fail (bool, work raises).
Output: the messages plus one answer, and the cron_id found in the run's config.
"""

import asyncio
import operator
from typing import Annotated, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph


class State(TypedDict, total=False):
    messages: Annotated[list, operator.add]
    sleep_ms: int
    fail: bool
    cron_id: str | None


async def work(state: State, config: RunnableConfig) -> State:
    await asyncio.sleep(state.get("sleep_ms", 0) / 1000)
    if state.get("fail"):
        raise ValueError("the probe was told to fail")
    return {
        "messages": [{"role": "assistant", "content": "done"}],
        "cron_id": config.get("configurable", {}).get("cron_id"),
    }


async def finish(state: State) -> State:
    return {}


builder = StateGraph(State)
builder.add_node("work", work)
builder.add_node("finish", finish)
builder.add_edge(START, "work")
builder.add_edge("work", "finish")
builder.add_edge("finish", END)
graph = builder.compile()
