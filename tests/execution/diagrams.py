"""The diagrams of the tests: every construct that the modelling patterns use."""

from __future__ import annotations

from tests.execution.drawing import (
    both,
    boundary,
    call,
    catch,
    diagram,
    document,
    either,
    end,
    many,
    process,
    race,
    service,
    start,
    sub,
    throw,
    timer,
    user,
    xor,
)


# A diagram is read in one piece.
def box() -> bytes:
    """A task beside a clock and a level-triggered recheck; whoever is first ends the box (P1)."""
    inside = [
        start("s1"),
        both("fork"),
        user("rectify"),
        end("reported", terminate=True),
        xor("again"),
        timer("due", date='due("soon")'),
        service("expire", "count", result="c"),
        xor("which", default="which-said"),
        throw("said", message="deadline.expired"),
        timer("rest", duration='"P1D"'),
        throw("final", message="deadline.final"),
        timer("hour", duration='"PT1H"'),
        xor("checking"),
        user("recheck"),
        xor("result", default="result-hour2"),
        timer("hour2", duration='"PT2H"'),
        end("found_done", terminate=True),
        boundary("moved", "recheck", signal="moved"),
    ]
    flows = """
        s1 > fork > rectify > reported
        fork > again > due > expire > which > said > rest > again
        which > final > rest | c > 1
        fork > hour > checking > recheck > result
        result > found_done | a = 1
        result > hour2 > checking
        moved > hour2
    """
    nodes = [
        start(),
        sub("rectification", inside, flows),
        xor("found", default="found-close"),
        user("close"),
        xor("closed", default="closed-end"),
        end(),
        boundary("void", "rectification", message="case.void"),
        end("voided"),
        boundary("level", "rectification", message="level.raise"),
    ]
    return diagram(
        "box",
        nodes,
        """
        start > rectification > found > close > closed > end
        found > rectification | b = 1
        closed > rectification | n > 1
        void > voided
        level > found
        """,
    )


# A diagram is read in one piece.
def sign_off() -> bytes:
    """Two bodies sign in parallel, a refusal ends it, a leader may be needed (P3)."""
    inside = [
        start("s1"),
        both("fork"),
        user("park"),
        xor("park_says", default="park_says-refused"),
        user("department"),
        xor("department_says", default="department_says-refused"),
        end("refused", terminate=True),
        both("join"),
        xor("second", default="second-signed"),
        user("leader"),
        end("signed"),
    ]
    flows = """
        s1 > fork > park > park_says; fork > department > department_says
        park_says > join | a < 3; park_says > refused
        department_says > join | b < 3; department_says > refused
        join > second > signed; second > leader | n > 1; leader > signed
    """
    nodes = [
        start("asked", message="extension.request"),
        service("open", "count", result="c"),
        sub("signing", inside, flows),
        xor("decided", default="decided-file"),
        throw("tell", signal="deadline.moved"),
        throw("list", message="listing.open"),
        xor("filing"),
        user("file"),
        end("filed"),
        boundary("withdraw", "signing", message="extension.withdraw"),
        end("withdrawn"),
        boundary("slow", "signing", duration='"P2D"', interrupting=False),
        service("remind", "count", result="r"),
        end("reminded"),
    ]
    return diagram(
        "sign_off",
        nodes,
        """
        asked > open > signing > decided > file > filed
        decided > tell > list > filing > signing | n = 2
        withdraw > withdrawn
        slow > remind > reminded
        """,
    )


def joins() -> bytes:
    """Parallel and inclusive joins, several plain ends, a race of a message and a date."""
    nodes = [
        start(),
        both("fork"),
        user("u1"),
        user("u2"),
        both("join"),
        either("some", default="some-u5"),
        user("u3"),
        user("u4"),
        user("u5"),
        either("rejoin"),
        race("first"),
        catch("answer", message="answer"),
        catch("stop", signal="stop"),
        timer("wait", date='due("late")'),
        user("u6"),
        xor("gathered"),
        both("spread"),
        user("u7"),
        end("e1"),
        user("u8"),
        end("e2"),
        throw("note", message="noted"),
        end("e3"),
    ]
    return diagram(
        "joins",
        nodes,
        """
        start > fork > u1 > join; fork > u2 > join > some
        some > u3 > rejoin | a > 0
        some > u4 > rejoin | b > 0
        some > u5 > rejoin
        rejoin > first > answer > u6 > gathered > spread
        first > stop > gathered; first > wait > gathered
        spread > u7 > e1; spread > u8 > e2; spread > note > e3
        """,
    )


# A diagram is read in one piece.
def nested() -> bytes:
    """Sub-processes three deep, a called process, boundaries on each, loops around them."""
    deepest = sub(
        "third",
        [
            start("s3"),
            user("deep"),
            end("e3"),
            boundary("deep_late", "deep", duration='"PT3H"', interrupting=False),
            service("told", "count", result="c"),
            end("e3b"),
        ],
        "s3 > deep > e3; deep_late > told > e3b",
    )
    middle = sub(
        "second",
        [
            start("s2"),
            xor("turn"),
            deepest,
            boundary("skip", "third", signal="skip"),
            call("asks", "helper"),
            xor("enough", default="enough-e2"),
            end("e2"),
        ],
        "s2 > turn > third > asks > enough > e2; enough > turn | a > 1; skip > enough",
    )
    outer = sub(
        "first",
        [start("s1"), middle, boundary("cut", "second", message="cut"), user("tidy"), end("e1")],
        "s1 > second > e1; cut > tidy > e1",
    )
    main = process(
        "nested",
        [
            start(),
            xor("round"),
            outer,
            boundary("over", "first", date='due("late")'),
            user("review"),
            xor("done", default="done-end"),
            end(),
        ],
        "start > round > first > review > done > end; done > round | b > 0; over > review",
    )
    helper = process(
        "helper",
        [
            start("hs"),
            user("help"),
            boundary("no_help", "help", message="no_help"),
            end("he"),
            end("hn", terminate=True),
        ],
        "hs > help > he; no_help > hn",
    )
    return document(main, helper)


def repeated() -> bytes:
    """Multi-instance tasks and sub-processes, parallel and in series, beside a loop."""
    each = sub("visit", [start("vs"), user("go"), user("write"), end("ve")], "vs > go > write > ve")
    nodes = [
        start(),
        user("first"),
        many(user("ask"), "items", "item", until="a = 3", into="answers", result="ask_result"),
        many(each, "items", "site", sequential=True, into="visits", result="write_result"),
        boundary("halt", "ask", message="halt"),
        many(user("sum_up"), "items", "part", sequential=True, into="sums", result="sum_up_result"),
        xor("again", default="again-end"),
        user("extra"),
        end(),
    ]
    return diagram(
        "repeated",
        nodes,
        "start > first > ask > visit > sum_up > again > end; halt > again\n"
        "again > extra > again | b > 1",
    )


def rounds() -> bytes:
    """A box that repeats, left by a signal (P10), begun by a message."""
    inside = [
        start("s1"),
        xor("kind", default="kind-wait"),
        user("publish"),
        timer("wait", duration='"P2D"'),
        user("progress"),
        xor("merge"),
        service("next", "count", result="c"),
        end("e1"),
    ]
    nodes = [
        start("opened", message="listing.open"),
        xor("raise"),
        service("grade", "count", result="g"),
        xor("repeat"),
        sub(
            "round",
            inside,
            "s1 > kind > wait > progress > merge > next > e1; kind > publish > merge | n > 1",
        ),
        boundary("higher", "round", message="listing.open"),
        boundary("closed", "round", signal="case.closed"),
        user("remove"),
        end("removed"),
    ]
    return diagram(
        "rounds",
        nodes,
        "opened > raise > grade > repeat > round > repeat; higher > raise\n"
        "closed > remove > removed",
    )
