// A case that is played on while its scenario is written: each act becomes a row.
import { say } from "../feel/words.js";
import { Deed } from "./deed.js";
import { button, element, named } from "./names.js";

const STATE_FACTS = ["open", "state", "level", "closed", "listed"];

// Tasks of one element are told apart by a body, or by their order.
function titled({ title, which }) {
  const words = /^\d+$/.test(which) ? say(`第 ${which} 项`, `number ${which}`) : which;
  return words ? say(`${title}（${words}）`, `${title} (${words})`) : title;
}

export class Rehearsal {
  // `ask` plays the rows; `value` gives them, `add` takes a row, `replace` one that was there.
  // `failed` takes what was played where a step does not hold; `hold` keeps the rows as they are
  // while one of them is written anew.
  constructor(place, { ask, value, add, replace, failed, hold, registrars }) {
    Object.assign(this, { place, value, add, replace, failed, hold, registrars, stands: null });
    this.ask = ask;
    this.now = element("div");
    this.offers = element("div", { className: "tests-offers" });
    const form = element("div", { className: "tests-deed", hidden: true });
    this.deed = new Deed(form, {
      ask: (fill) => this.asked(fill),
      done: (row, stands) => this.take(row, stands),
      ended: () => {
        this.offers.hidden = false;
        this.hold(false);
      },
    });
    place.replaceChildren(this.now, this.offers, form);
  }

  get open() {
    return !this.place.hidden;
  }

  // Plays the rows as they are and shows where the case stands.
  async begin() {
    this.place.hidden = false;
    this.at = null;
    this.deed.close();
    this.offers.hidden = true;
    this.say(say("正在试演…", "Playing…"));
    const turn = (this.turn = (this.turn || 0) + 1);
    try {
      const found = await this.ask(this.value());
      if (turn === this.turn) {
        this.show(found);
      }
    } catch (error) {
      this.say(error.message, "field-error");
    }
  }

  // What is on its way belongs to the scenario that is left, and finds nobody here any more.
  close() {
    this.turn = (this.turn || 0) + 1;
    this.deed.close();
    this.place.hidden = true;
    this.stands = null;
  }

  show(found) {
    const problem = found.refused || found.faulty || found.played?.failures?.[0];
    this.stands = problem ? null : found.stands;
    if (problem) {
      const where = problem.step === undefined ? "" : say(`第 ${problem.step} 步：`, `Step ${problem.step}: `);
      const faults = (problem.faults || []).map((one) => one.sentence);
      this.say(where + [problem.sentence, ...faults].filter(Boolean).join(" "), "field-error");
      this.offers.replaceChildren();
      if (found.played) {
        this.failed(found.played);
      }
      return;
    }
    this.stand();
  }

  stand() {
    const { stands } = this;
    const open = stands.tasks.map(titled);
    const words = [
      say(`此刻 ${stands.now.replace("T", " ")}`, `Now ${stands.now.replace("T", " ")}`),
      open.length ? say(`待办：${open.join("、")}`, `Open: ${open.join(", ")}`) : stands.facts.closed ? say("已办结", "Closed") : say("没有待办", "Nothing is open"),
    ];
    this.say(words.join(" · "));
    // Whoever has just done something goes on from here, with the keyboard too.
    const here = document.activeElement === document.body || this.place.contains(document.activeElement);
    this.offers.hidden = false;
    this.offers.replaceChildren(this.tasks(), this.acts(), this.time(), this.fact());
    if (here) {
      this.offers.querySelector("button")?.focus({ preventScroll: true });
    }
  }

  group(words, ...parts) {
    const group = element("div", { className: "tests-offer", role: "group" });
    group.setAttribute("aria-label", words);
    group.append(element("span", { className: "soft", textContent: words }), ...parts);
    return group;
  }

  tasks() {
    const made = this.stands.tasks.map((one) => button(titled(one), () => this.fill({ kind: "task", ...one, title: titled(one) }), "btn-primary btn-small"));
    return this.group(say("办理", "Do"), ...(made.length ? made : [element("span", { textContent: "—" })]));
  }

  acts() {
    const select = element("select", { className: "form-select" });
    const words = say("其他事项或消息", "Other acts and messages");
    select.setAttribute("aria-label", words);
    select.append(element("option", { value: "", textContent: say("选择…", "Choose…") }));
    select.append(...this.stands.acts.map((one) => element("option", { value: one.name, textContent: named("acts", one.name) })));
    select.addEventListener("change", () => {
      const act = this.stands.acts.find((one) => one.name === select.value);
      if (act) {
        this.fill({ kind: "act", title: named("acts", act.name), ...act });
      }
    });
    return this.group(words, select);
  }

  time() {
    const wait = (name) => () => this.go({ kind: "wait", name });
    const { due, now } = this.stands;
    const until = element("input", { type: "datetime-local", className: "form-control", min: now });
    until.setAttribute("aria-label", say("到某一时刻（北京时间）", "Until an instant (Beijing time)"));
    const then = button(say("到此时刻", "Until then"), () => this.go({ kind: "wait", name: until.value }));
    then.disabled = true;
    until.addEventListener("input", () => (then.disabled = !(until.value > now)));
    const parts = [button(say("过一天", "One day"), wait("P1D")), button(say("过七天", "Seven days"), wait("P7D"))];
    if (due && due > now) {
      parts.push(button(say(`到下一期限 ${due.replace("T", " ")}`, `To the next date ${due.replace("T", " ")}`), wait(due)));
    }
    parts.push(until, then);
    return this.group(say("时间经过", "Time passes"), ...parts);
  }

  fact() {
    const { facts } = this.stands;
    const note = (names) => () => this.go({ kind: "expect", text: names.map((name) => `${name}: ${JSON.stringify(facts[name])}`).join("\n") });
    const parts = [button(say("今后应当如此：待办和状态", "Expect what is true now: tasks and state"), note(STATE_FACTS))];
    if (facts.deadlines.length) {
      parts.push(button(say("今后应当如此：期限", "Expect the dates as they are now"), note(["deadlines"])));
    }
    return this.group(say("记成测试", "Make it a test"), ...parts);
  }

  fill(deed) {
    this.at = null;
    this.offers.hidden = true;
    return this.deed.open(deed);
  }

  // The form of a row that is there already, at the moment in which it is done.
  async edit(row, at) {
    this.place.hidden = false;
    this.at = at;
    this.offers.hidden = true;
    this.say(row.kind === "start" ? "" : say(`第 ${at} 步`, `Step ${at}`));
    const turn = (this.turn = (this.turn || 0) + 1);
    this.hold(true); // the answer goes to the row at this place
    let people = this.registrars;
    if (row.kind !== "start") {
      try {
        const { stands } = await this.asked(null);
        if (turn !== this.turn) {
          return;
        }
        const offered = row.kind === "task" ? stands?.tasks : stands?.acts;
        people = offered?.find((one) => one.name === row.name && (one.which || "") === (row.which || ""))?.people || [];
      } catch (error) {
        if (turn === this.turn) {
          this.say(error.message, "field-error");
          this.hold(false);
        }
        return;
      }
    }
    const title = row.kind === "start" ? say("立案", "Registration") : named(row.kind === "task" ? "tasks" : "acts", row.name);
    await this.deed.open({ ...row, people, title });
  }

  asked(fill) {
    const value = this.value();
    const rows = this.at === null ? value.rows : value.rows.slice(0, Math.max(this.at, 1));
    return this.ask({ ...value, rows, fill });
  }

  go(row) {
    this.add(row);
    this.begin();
  }

  take(row, stands) {
    const at = this.at;
    this.at = null;
    if (at !== null) {
      this.replace(row, at);
      this.begin();
      return;
    }
    this.add(row);
    if (stands) {
      this.stands = stands;
      this.stand();
    } else {
      this.begin();
    }
  }

  say(words, look = "tests-now") {
    this.now.replaceChildren(element("p", { className: look, textContent: words }));
  }
}
