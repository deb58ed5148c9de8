"""A graph without a model whose behaviour is chosen by its input.

Input: messages (list), sleep_ms (int, work lasts that long), fail (bool, work raises), ask (bool, work stops to ask a
human), tokens (int, the answer says that it used so many).
Output: the messages plus one answer, and the cron_id found in the run's config.
"""

import asyncio
import operator
from typing import Annotated, TypedDict

from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt


class State(TypedDict, total=False):
    messages: Annotated[list, operator.add]
    sleep_ms: int
    fail: bool
    ask: bool
    tokens: int
    cron_id: str | None


async def work(state: State, config: RunnableConfig) -> State:
    await asyncio.sleep(state.get("sleep_ms", 0) / 1000)
    if state.get("fail"):
        raise ValueError("the probe was told to fail")
    if state.get("ask"):
        interrupt({"question": "Go on?"})
    answer = {"role": "assistant", "content": "done"}
    if tokens := state.get("tokens"):
        answer |= {
            "type": "ai",
            "usage_metadata": {"input_tokens": tokens, "output_tokens": 1, "total_tokens": tokens + 1},
            "response_metadata": {"model_name": "gpt-4o-mini"},
        }
    return {
        "messages": [answer],
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
