// What the token simulation makes its elements with: `domify` in the reader's language. The build
// puts this file in the place of its `min-dom`.
import { domify as plain } from "min-dom";
import { english } from "./words.js";

export * from "min-dom";

const WORDS = {
  "Simulation Log": "模拟记录",
  "No Entries": "还没有记录",
  "Play/Pause Simulation": "播放或暂停",
  "Reset Simulation": "重新开始",
  "Toggle Simulation Log": "显示或隐藏记录",
  "Set animation speed = Slow": "速度：慢",
  "Set animation speed = Normal": "速度：中",
  "Set animation speed = Fast": "速度：快",
  "Trigger Event": "触发事件",
  "Set Sequence Flow": "选择走哪条连线",
  "Add pause point": "设置暂停点",
  "Remove pause point": "取消暂停点",
  "Play Simulation": "播放",
  "Pause Simulation": "暂停",
  "Finished": "已结束",
  "Found unsupported elements": "有不支持模拟的节点",
  "Not supported": "不支持模拟",
  "Start Event": "开始事件",
  "End Event": "结束事件",
  "Intermediate Event": "中间事件",
  "Boundary Event": "边界事件",
  "User Task": "用户任务",
  "Service Task": "服务任务",
  "Business Rule Task": "规则任务",
  "Call Activity": "调用活动",
  "Exclusive Gateway": "排他网关",
  "Parallel Gateway": "并行网关",
  "Inclusive Gateway": "包容网关",
};

const said = (words) => WORDS[words.trim()] || words.replace(/^Focus process instance/, "查看流程实例");

function translate(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = said(texts.currentNode.data);
  }
  for (const one of [root, ...root.querySelectorAll("[title]")]) {
    if (one.title) {
      one.title = said(one.title);
    }
  }
}

export function domify(html, ...more) {
  const made = plain(html, ...more);
  if (!english() && made.nodeType === Node.ELEMENT_NODE) {
    translate(made);
  }
  return made;
}
