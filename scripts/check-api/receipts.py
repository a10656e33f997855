"""What schemathesis cannot know of `POST /events`: it answers each event of a batch by a receipt of its own."""

import schemathesis


@schemathesis.check
def broken_events_are_rejected(ctx, response, case):
    """Stands in for `negative_data_rejection`: a batch with a broken event is refused, or that event is."""
    if case.operation.label != "POST /events" or response.status_code != 200:
        return
    if case.meta is None or not case.meta.generation.mode.is_negative:
        return
    receipts = response.json()["receipts"]
    assert any(receipt["status"] == "rejected" for receipt in receipts), f"no event was rejected: {receipts}"
