// What is said of one scenario: whether it held, when it was run, what a table would lose of it.
import { say } from "../feel/words.js";

export const FIRST = `title:
  zh: 新场景
  en: New scenario
clock: 2026-03-02T09:00
start:
  by: inspector1
  data:
    enterprise: enterprise01
    finder_body: bureau
    found_at: 2026-03-02T08:30
    source: department
    location: 熔炼车间
    description: 熔炼炉冷却水无压力报警
    category: object
    photos: [冷却水]
steps: []
`;

// What a run on this page showed; else what the last one showed, as long as nothing changed.
export function mark(one, run, last) {
  const result = run || (last?.fresh ? last : null);
  if (one.faults.length) {
    return "⚠";
  }
  return result ? (result.passed ? "✓" : "✗") : "○";
}

export function lastRun(run, last) {
  if (run) {
    return "";
  }
  if (!last) {
    return say("还没有运行过。", "Not run yet.");
  }
  const when = say(`上次由${last.by}于 ${last.at} 运行`, `Run last by ${last.by}, ${last.at}`);
  const stale = last.fresh ? "" : say("，此后有改动，请再运行", "; changed since, run it again");
  const outcome = last.passed ? say("符合", "it held") : say(`不符：${last.sentence}`, `it failed: ${last.sentence}`);
  return say(`${when}，${outcome}${stale}。`, `${when}; ${outcome}${stale}.`);
}

// What would be lost of a file that is edited as a table.
export function lost(unkept) {
  const words = {
    comments: say("写有注释（# 后的说明），改表格时会丢失。", "It holds comments (after #), which a change in the table loses."),
    anchors: say("写有锚点（& 和 *），改表格时会展开成原文。", "It holds anchors (& and *), which a change in the table writes out."),
  };
  return unkept.map((one) => words[one]).join(say("", " "));
}

// How far a run is: 已运行 3 / 14，1 个不符.
export function counted({ done, wanted, failed }) {
  const result = failed ? say(`${failed} 个不符`, `${failed} failed`) : say("全部符合", "all held");
  return say(`已运行 ${done} / ${wanted}，${result}`, `${done} of ${wanted} run, ${result}`);
}

const BROKEN_OFF = {
  late: ["运行超过时限，已停止", "It took too long and was stopped"],
  memory: ["运行需要的内存超出系统现有内存，已停止", "It took more memory than there is and was stopped"],
};

// Why scenarios were not played to the end.
export function brokenOff(why) {
  return say(...(BROKEN_OFF[why] ?? ["运行意外中断，请重试", "The run broke off; try again"]));
}
